package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.motion.track.PeopleSeen;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.format.json.JsonLinesWriter;
import io.github.rtmjava.output.window.LiveWindow;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The poses of frame after frame of a video, with what is written and shown while they come. */
final class FirstPass {
  private final VideoSettings settings;
  private final VideoTargets targets;
  private final Progress progress;
  private final Interruption interruption;
  private final boolean folder;
  private final List<Path> written = new ArrayList<>();
  private final Set<Integer> ids = new HashSet<>();
  private long frames;
  private final PeopleSeen people = new PeopleSeen();
  private long found;
  private long failed;

  /**
   * A pass.
   *
   * @param interruption says whether to stop where it is
   * @param folder whether the frames are pictures of a folder: one that cannot be read is there as
   *     one with nobody in it
   */
  FirstPass(
      VideoSettings settings,
      VideoTargets targets,
      Progress progress,
      Interruption interruption,
      boolean folder) {
    this.settings = settings;
    this.targets = targets;
    this.progress = progress;
    this.interruption = interruption;
    this.folder = folder;
  }

  /** Adds all frames to the spool. */
  void run(VideoReader video, PoseInferencer model, Recording recording, PoseSpool spool)
      throws IOException {
    VideoInfo info = video.info();
    boolean through = false;
    progress.begin(info.name(), expected(info), Progress.Unit.FRAMES);
    try (Stream<Followed> all =
        model.follow(
            video.frames(),
            settings.following().withLive(info.live()).withEverybody(choosesLater(info)),
            settings.boxes())) {
      Iterator<Followed> each = all.iterator();
      if (each.hasNext()) {
        run(each, info, recording, spool);
      }
      through = true;
    } finally {
      progress.close();
      if (!through && !info.live() && !interruption.requested()) {
        discard();
      }
    }
  }

  /** Removes what is written in part; what cannot be read again is worth keeping. */
  private void discard() throws IOException {
    for (Path file : written) {
      Files.deleteIfExists(file);
    }
    written.clear();
  }

  /** The files that it made. */
  List<Path> written() {
    return List.copyOf(written);
  }

  /** How often somebody was found. */
  long people() {
    return found;
  }

  /** Frames that were read. */
  long frames() {
    return frames;
  }

  /** Frames in which poses could not be looked for. */
  long failed() {
    return failed;
  }

  /** How many people there are, for people. */
  String who() {
    return settings.following().tracker() == null
        ? Counted.of(found, "person", "people") + " found"
        : Counted.of(ids.size(), "person", "people");
  }

  private void run(Iterator<Followed> each, VideoInfo info, Recording recording, PoseSpool spool)
      throws IOException {
    try (JsonLinesWriter lines = choosesLater(info) ? null : lines(recording);
        LiveView view = view(info)) {
      MissingFrames missing = new MissingFrames(settings.frames(), info);
      while (!interruption.requested() && view.isOpen() && each.hasNext()) {
        Followed next = each.next();
        count(next);
        if (folder) {
          for (PoseFrame empty : missing.before(next.poses())) {
            add(empty, spool, lines);
          }
        }
        add(next.poses(), spool, lines);
        view.show(next);
        interruption.step();
        progress.step(remark(next));
      }
      if (folder && !interruption.requested()) {
        for (PoseFrame empty : missing.atTheEnd()) {
          add(empty, spool, lines);
        }
      }
      view.finish();
      if (info.live() && settings.saving().has(Saved.OVERLAY)) {
        written.add(targets.of(Saved.OVERLAY));
      }
    }
  }

  private void add(PoseFrame poses, PoseSpool spool, @Nullable JsonLinesWriter lines)
      throws IOException {
    spool.add(poses);
    people.add(poses);
    if (lines != null) {
      lines.write(inFrame(poses));
    }
  }

  /** Whether it is known only in the end which person is kept. */
  private boolean choosesLater(VideoInfo info) {
    return settings.single() && !info.live();
  }

  /**
   * Keeps the one person who is large and long in the picture, and writes the lines that could not
   * be written while it was not known who that is.
   *
   * @param all the frames
   * @param kept gets the same frames with that person alone
   */
  void keepOne(PoseSpool all, Recording recording, PoseSpool kept) throws IOException {
    int id = people.dominant().map(PeopleSeen.Seen::id).orElse(0);
    ids.removeIf(other -> other != id);
    boolean through = false;
    try (JsonLinesWriter lines = lines(recording)) {
      for (int i = 0; i < all.size(); i++) {
        PoseFrame frame = all.get(i);
        PoseFrame one =
            frame.with(
                frame
                    .result()
                    .with(
                        frame.result().persons().stream()
                            .filter(person -> person.id().orElse(0) == id)
                            .toList()));
        kept.add(one);
        if (lines != null) {
          lines.write(inFrame(one));
        }
      }
      through = true;
    } finally {
      if (!through) {
        discard();
      }
    }
  }

  private @Nullable JsonLinesWriter lines(Recording recording) throws IOException {
    if (!settings.saving().has(Saved.JSON)) {
      return null;
    }
    Path file = targets.of(Saved.JSON);
    Frame3d frame = early();
    if (Files.isRegularFile(file)) {
      Files.delete(file); // so that nothing is written over what a link leads to
    }
    JsonLinesWriter lines =
        new JsonLinesWriter(
            file, frame == null ? recording : recording.withFrame(frame), settings.angles());
    written.add(file);
    return lines;
  }

  /** What cannot be read again is drawn while it comes. */
  private LiveView view(VideoInfo info) throws IOException {
    LiveWindow window = settings.show() ? LiveView.window(info.name(), progress) : null;
    try {
      boolean draws = info.live() && settings.saving().has(Saved.OVERLAY);
      return new LiveView(
          new Overlay(settings.drawing()),
          new LiveSmoother(settings.live()),
          window,
          draws ? DrawnVideo.begin(settings, null, info, targets.of(Saved.OVERLAY)) : null);
    } catch (IOException | RuntimeException | Error e) {
      if (window != null) {
        window.close();
      }
      throw e;
    }
  }

  /** The frame of what is written while it runs, when the world is not known yet. */
  private @Nullable Frame3d early() {
    Frame3d frame = settings.refining().frame();
    return frame == Frame3d.WORLD ? null : frame;
  }

  private PoseFrame inFrame(PoseFrame poses) {
    Frame3d frame = early();
    return frame == null ? poses : poses.with(poses.result().in(frame));
  }

  private void count(Followed next) {
    frames++;
    if (frames == 1 && settings.boxes() != null) {
      OutsideBoxes.remarks(targets.name(), next.poses().result(), next.frame().image())
          .forEach(progress::note);
    }
    found += next.poses().result().size();
    for (PersonPose person : next.poses().result().persons()) {
      person.id().ifPresent(ids::add);
    }
    next.problem()
        .ifPresent(
            problem -> {
              failed++;
              if (failed == 1) {
                progress.problem(
                    "%s: frame %s: %s"
                        .formatted(targets.name(), next.frame().index(), Errors.line(problem)));
              }
            });
  }

  private static String remark(Followed next) {
    String seen = Counted.of(next.poses().result().size(), "person", "people");
    return next.dropped() == 0
        ? seen
        : seen + ", " + Counted.of(next.dropped(), "frame", "frames") + " dropped";
  }

  private long expected(VideoInfo info) {
    double rate = info.frameRate();
    double all = info.frames() > 0 ? info.frames() : info.duration() * rate;
    double from = settings.frames().start() * rate;
    double to = Math.min(all, settings.frames().end() * rate);
    double count = Math.ceil(Math.max(0, to - from) / settings.frames().stride());
    return (long) Math.min(count, (double) settings.frames().maxFrames());
  }
}
