package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
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
            : pipeline.submit(image, due ? people(image) : List.of(expected(frame)), Deadline.NONE);
    return Futures.map(found, results -> recognise(frame.time(), results.get(0)));
  }

  /** The first step. */
  List<Spotted> spot(List<VideoFrame> frames) {
    if (findsByItself()) {
      return frames.stream().map(frame -> new Spotted(frame, null, null)).toList();
    }
    BitSet due = new BitSet();
    for (int i = 0; i < frames.size(); i++) {
      due.set(i, seen++ % detectEvery == 0);
    }
    Iterator<Spotted> found = detect(due.stream().mapToObj(frames::get).toList()).iterator();
    return IntStream.range(0, frames.size())
        .mapToObj(i -> due.get(i) ? found.next() : new Spotted(frames.get(i), null, null))
        .toList();
  }

  /** The second step. */
  List<Followed> look(List<Spotted> frames, long dropped) {
    if (detectEvery == 1 || findsByItself()) {
      return recognise(poses(frames), dropped);
    }
    List<Followed> out = new ArrayList<>();
    for (Spotted frame : frames) {
      Spotted known =
          frame.people() == null && frame.problem() == null
              ? new Spotted(frame.frame(), expected(frame.frame()), null)
              : frame;
      out.addAll(recognise(poses(List.of(known)), dropped));
    }
    return out;
  }

  private boolean findsByItself() {
    return !pipeline.estimator().needsBoxes();
  }

  private List<Spotted> detect(List<VideoFrame> frames) {
    if (frames.isEmpty()) {
      return List.of();
    }
    List<List<Detection>> people;
    try {
      people = people(frames.stream().map(VideoFrame::image).toList());
    } catch (RuntimeException | OutOfMemoryError e) {
      if (frames.size() == 1) {
        return List.of(new Spotted(frames.get(0), null, e));
      }
      // One of them may be at fault: the others are not to suffer for it.
      return frames.stream().flatMap(frame -> detect(List.of(frame)).stream()).toList();
    }
    List<Spotted> out = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      out.add(new Spotted(frames.get(i), people.get(i), null));
    }
    return out;
  }

  private List<List<Detection>> people(List<Image> images) {
    if (boxes != null) {
      return images.stream().map(image -> pipeline.given(boxes.apply(image))).toList();
    }
    return pipeline.findsPeople()
        ? pipeline.detect(images)
        : images.stream().map(image -> pipeline.given(PoseInferencer.whole(image))).toList();
  }

  /** Where people should be by now. */
  private List<Detection> expected(VideoFrame frame) {
    return tracker == null ? List.of() : pipeline.given(tracker.predict(frame.time()));
  }

  private List<Posed> poses(List<Spotted> frames) {
    List<Spotted> sound = frames.stream().filter(frame -> frame.problem() == null).toList();
    List<Posed> out = new ArrayList<>();
    List<PoseResult> results;
    try {
      results = sound.isEmpty() ? List.of() : find(sound);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (frames.size() == 1) {
        return List.of(new Posed(frames.get(0).frame(), nobody(frames.get(0)), e));
      }
      return frames.stream().flatMap(frame -> poses(List.of(frame)).stream()).toList();
    }
    int next = 0;
    for (Spotted frame : frames) {
      out.add(
          frame.problem() == null
              ? new Posed(frame.frame(), results.get(next++), null)
              : new Posed(frame.frame(), nobody(frame), frame.problem()));
    }
    return out;
  }

  private List<PoseResult> find(List<Spotted> frames) {
    List<Image> images = frames.stream().map(frame -> frame.frame().image()).toList();
    if (findsByItself()) {
      return pipeline.find(images);
    }
    return pipeline.estimate(
        images,
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
              frame, new PoseFrame(frame.index(), frame.time(), result), posed.problem(), dropped));
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
