package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.window.LiveWindow;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.recording.DrawnVideo;
import io.github.rtmjava.recording.RecordedFrames;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The poses of frame after frame of a video, with what is written and shown while they come. */
final class FirstPass {
  private final VideoSettings settings;
  private final VideoTargets targets;
  private final Progress progress;
  private final Interruption interruption;
  private final boolean folder;
  private @Nullable Path drawn;
  private long frames;
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

  /** Adds all frames to those that are recorded. */
  void run(VideoReader video, PoseInferencer model, RecordedFrames recorded) throws IOException {
    VideoInfo info = video.info();
    RecordingOptions options = settings.recording();
    boolean through = false;
    progress.begin(info.name(), options.frames().expected(info), Progress.Unit.FRAMES);
    try (Stream<Followed> all =
        model.follow(
            video.frames(),
            options
                .following()
                .withLive(info.live())
                .withEverybody(options.single() && !info.live()),
            settings.boxes())) {
      Iterator<Followed> each = all.iterator();
      if (each.hasNext()) {
        run(each, info, recorded);
      }
      through = true;
    } finally {
      progress.close();
      // What cannot be read again is worth keeping.
      if (!through && !info.live() && !interruption.requested()) {
        recorded.discard();
      }
    }
  }

  /** The video that it drew while frames came. */
  Optional<Path> drawn() {
    return Optional.ofNullable(drawn);
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
  String who(RecordedFrames recorded) {
    return settings.recording().following().tracker() == null
        ? Counted.of(found, "person", "people") + " found"
        : Counted.of(recorded.people(), "person", "people");
  }

  private void run(Iterator<Followed> each, VideoInfo info, RecordedFrames recorded)
      throws IOException {
    try (LiveView view = view(info)) {
      MissingFrames missing = new MissingFrames(settings.recording().frames(), info);
      while (!interruption.requested() && view.isOpen() && each.hasNext()) {
        Followed next = each.next();
        count(next);
        if (folder) {
          for (PoseFrame empty : missing.before(next.poses())) {
            recorded.add(empty);
          }
        }
        recorded.add(next.poses());
        view.show(next);
        interruption.step();
        progress.step(remark(next));
      }
      if (folder && !interruption.requested()) {
        for (PoseFrame empty : missing.atTheEnd()) {
          recorded.add(empty);
        }
      }
      view.finish();
      if (info.live() && settings.saving().has(Saved.OVERLAY)) {
        drawn = targets.of(Saved.OVERLAY);
      }
    }
  }

  /** What cannot be read again is drawn while it comes. */
  private LiveView view(VideoInfo info) throws IOException {
    LiveWindow window = settings.show() ? LiveView.window(info.name(), progress) : null;
    try {
      boolean draws = info.live() && settings.saving().has(Saved.OVERLAY);
      return new LiveView(
          new Overlay(settings.recording().drawing()),
          new LiveSmoother(settings.live()),
          window,
          draws
              ? DrawnVideo.begin(settings.recording(), null, info, targets.of(Saved.OVERLAY))
              : null);
    } catch (IOException | RuntimeException | Error e) {
      if (window != null) {
        window.close();
      }
      throw e;
    }
  }

  private void count(Followed next) {
    frames++;
    if (frames == 1 && settings.boxes() != null) {
      OutsideBoxes.remarks(targets.name(), next.poses().result(), next.frame().image())
          .forEach(progress::note);
    }
    found += next.poses().result().size();
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
}
