package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.motion.track.Tracker;
import io.github.rtmjava.motion.track.TrackerOptions;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.runtime.Futures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two steps that frames of a video take in their order: the detector spots people in those that
 * are due, then everybody's pose is looked at and recognised. Each step for one thread at a time.
 */
final class Following {
  private final @Nullable Function<Image, List<Box>> boxes;
  private final FollowOptions following;
  private final int detectEvery;
  private final @Nullable Tracker tracker;
  private PosePipeline pipeline;
  private @Nullable OnePerson onePerson;
  // Owned by the first step.
  private long seen;

  /** Following with boxes that a caller knows; null where people are to be found. */
  Following(
      PosePipeline pipeline, FollowOptions options, @Nullable Function<Image, List<Box>> boxes) {
    TrackerOptions tracking = options.tracker();
    this.boxes = boxes;
    this.following = options;
    this.detectEvery = options.detectEvery();
    this.tracker = tracking == null ? null : new Tracker(tracking);
    this.pipeline = everybody(pipeline);
    this.onePerson = onePerson(pipeline.options());
  }

  /** Looks at people with other options from the next frame on; nobody is forgotten. */
  void change(PoseOptions options) {
    PosePipeline other = pipeline.with(options);
    pipeline = everybody(other);
    if (!choosesOne(options) || onePerson == null) {
      onePerson = onePerson(options);
    }
  }

  private PosePipeline everybody(PosePipeline of) {
    return choosesOne(of.options()) || following.everybody()
        ? of.with(of.options().withSinglePerson(false))
        : of;
  }

  private @Nullable OnePerson onePerson(PoseOptions options) {
    TrackerOptions tracking = following.tracker();
    return choosesOne(options) && tracking != null && !following.everybody()
        ? new OnePerson(tracking.maxAge())
        : null;
  }

  /** Whether one of all who are seen is chosen here, and not in each frame by itself. */
  private boolean choosesOne(PoseOptions options) {
    return options.singlePerson() && boxes == null && tracker != null;
  }

  /**
   * Both steps for one frame: the networks work for it together with what others submit. Not while
   * another frame is in one of the steps.
   */
  CompletableFuture<PoseResult> submit(VideoFrame frame) {
    List<Image> image = List.of(frame.image());
    boolean due = findsByItself() || seen++ % detectEvery == 0;
    CompletableFuture<List<PoseResult>> found =
        due && boxes == null && pipeline.findsPeople()
            ? pipeline.submit(image, Deadline.NONE)
            : pipeline.submit(
                image, List.of(due ? known(frame.image()) : expected(frame)), Deadline.NONE);
    return Futures.map(found, results -> recognise(frame.time(), results.get(0)));
  }

  /** The first step. */
  List<Spotted> spot(List<VideoFrame> group) {
    List<Spotted> frames = group.stream().map(Spotted::of).toList();
    if (findsByItself()) {
      return frames;
    }
    BitSet due = new BitSet();
    for (int i = 0; i < frames.size(); i++) {
      due.set(i, seen++ % detectEvery == 0);
    }
    try {
      Iterator<Spotted> found = detect(due.stream().mapToObj(frames::get).toList()).iterator();
      return IntStream.range(0, frames.size())
          .mapToObj(i -> due.get(i) ? found.next() : frames.get(i))
          .toList();
    } catch (RuntimeException | Error e) {
      frames.forEach(Spotted::close);
      throw e;
    }
  }

  /** The second step, after which the frames are closed. */
  List<Followed> look(List<Spotted> frames, long dropped) {
    try {
      return lookAt(frames, dropped);
    } finally {
      frames.forEach(Spotted::close);
    }
  }

  private List<Followed> lookAt(List<Spotted> frames, long dropped) {
    if (detectEvery == 1 || findsByItself()) {
      return recognise(poses(frames), dropped);
    }
    List<Followed> out = new ArrayList<>();
    for (Spotted frame : frames) {
      Spotted known =
          frame.people() == null && frame.problem() == null
              ? frame.with(expected(frame.frame()))
              : frame;
      out.addAll(recognise(poses(List.of(known)), dropped));
    }
    return out;
  }

  private boolean findsByItself() {
    return !pipeline.estimator().needsBoxes();
  }

  private List<Spotted> detect(List<Spotted> frames) {
    return Retry.oneByOne(
        frames,
        group -> {
          List<List<Detection>> people = people(group.stream().map(Spotted::picture).toList());
          return IntStream.range(0, group.size())
              .mapToObj(i -> group.get(i).with(people.get(i)))
              .toList();
        },
        Spotted::failed);
  }

  private List<List<Detection>> people(List<NativePicture> pictures) {
    if (boxes == null && pipeline.findsPeople()) {
      return pipeline.detect(pictures);
    }
    return pictures.stream().map(picture -> known(picture.image())).toList();
  }

  /** The caller's boxes, or the whole picture. */
  private List<Detection> known(Image image) {
    return pipeline.given(boxes == null ? PoseInferencer.whole(image) : boxes.apply(image));
  }

  /** Where people should be by now. */
  private List<Detection> expected(VideoFrame frame) {
    return tracker == null ? List.of() : pipeline.given(tracker.predict(frame.time()));
  }

  private List<Posed> poses(List<Spotted> frames) {
    List<Spotted> sound = frames.stream().filter(frame -> frame.problem() == null).toList();
    Iterator<Posed> posed =
        Retry.oneByOne(
                sound,
                group -> {
                  List<PoseResult> results = find(group);
                  return IntStream.range(0, group.size())
                      .mapToObj(i -> new Posed(group.get(i).frame(), results.get(i), null))
                      .toList();
                },
                this::failed)
            .iterator();
    return frames.stream()
        .map(frame -> frame.problem() == null ? posed.next() : failed(frame, frame.problem()))
        .toList();
  }

  private Posed failed(Spotted frame, Throwable problem) {
    return new Posed(frame.frame(), nobody(frame), problem);
  }

  private List<PoseResult> find(List<Spotted> frames) {
    List<NativePicture> pictures = frames.stream().map(Spotted::picture).toList();
    if (findsByItself()) {
      return pipeline.find(pictures);
    }
    return pipeline.estimate(
        pictures,
        frames.stream()
            .map(frame -> frame.people() == null ? List.<Detection>of() : frame.people())
            .toList());
  }

  private PoseResult nobody(Spotted frame) {
    return pipeline.nobody(frame.frame().image());
  }

  private List<Followed> recognise(List<Posed> frames, long dropped) {
    List<Followed> out = new ArrayList<>();
    for (Posed posed : frames) {
      VideoFrame frame = posed.frame();
      PoseResult result =
          posed.problem() == null ? recognise(frame.time(), posed.result()) : posed.result();
      out.add(
          new Followed(
              frame,
              new PoseFrame(frame.index(), frame.time(), result),
              new PoseFrame(frame.index(), frame.time(), posed.result()),
              posed.problem(),
              dropped));
    }
    return out;
  }

  private PoseResult recognise(double time, PoseResult seenThere) {
    PoseResult result = tracker == null ? seenThere : tracker.step(time, seenThere);
    return onePerson == null ? result : onePerson.only(time, result);
  }

  /** A frame whose poses were looked at. */
  private record Posed(VideoFrame frame, PoseResult result, @Nullable Throwable problem) {}
}
