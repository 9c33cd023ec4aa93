package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.video.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Flags of {@code rtm infer} that have no effect beside others, one line each. */
final class IdleFlags {
  private IdleFlags() {}

  /** Of those for videos. */
  static List<String> overTime(VideoFlags.Tracking tracking, VideoFlags.Smoothing smoothing) {
    List<String> lines = new ArrayList<>();
    if (tracking.off && (tracking.maxAge != null || tracking.minHits != null)) {
      lines.add("--no-tracking gives nobody an id: --max-age and --min-hits have no effect");
    }
    if (tracking.off && smoothing.any()) {
      lines.add(
          "--no-tracking gives nobody an id, and nobody is smoothed: --smooth, --smooth-cutoff,"
              + " --smooth-window and --max-gap have no effect");
    }
    SmoothKind kind = smoothing.kind == null ? SmoothKind.BUTTERWORTH : smoothing.kind;
    if (smoothing.cutoff != null && !hasCutoff(kind)) {
      lines.add("--smooth-cutoff has no effect on " + kind);
    }
    if (smoothing.window != null && !hasWindow(kind)) {
      lines.add("--smooth-window has no effect on " + kind);
    }
    return lines;
  }

  private static boolean hasCutoff(SmoothKind kind) {
    return switch (kind) {
      case BUTTERWORTH, GAUSSIAN, ONE_EURO -> true;
      case MEDIAN, SAVGOL, NONE -> false;
    };
  }

  private static boolean hasWindow(SmoothKind kind) {
    return switch (kind) {
      case MEDIAN, SAVGOL -> true;
      case BUTTERWORTH, GAUSSIAN, ONE_EURO, NONE -> false;
    };
  }

  /** Of those that place people, where they are placed nowhere. */
  static Optional<String> inSpace(
      Recording common, InferFlags.Space space, Saving saving, Inputs found) {
    boolean flat = common.camera() == null && common.frame() != Frame3d.UVD;
    if (flat && space.says()) {
      return Optional.of(
          common.model()
              + " has no depth: --camera, --root-depth, --calib, --floor and --frame have no"
              + " effect");
    }
    if (found.pictures().isEmpty() && saving.drawsOnly() && space.says()) {
      return Optional.of(
          "videos are drawn without depth: --camera, --calib, --frame, --floor, --person-height and"
              + " --bone-lengths have no effect on --save overlay");
    }
    return space.floor != null && space.frame != FrameFlag.WORLD
        ? Optional.of("--floor has no effect: it says how the camera stands for --frame world")
        : Optional.empty();
  }

  /** Of those for inputs that are not there. */
  static List<String> without(Inputs found, VideoFlags.Frames frames, InferFlags.Results results) {
    List<String> lines = new ArrayList<>();
    if (frames.frameRate != null
        && found.videos().stream().noneMatch(VideoSource.Folder.class::isInstance)) {
      lines.add(
          "--frame-rate has no effect: it makes videos of folders of pictures, and there is none");
    }
    if (found.pictures().isEmpty() && results.saving().has(Saved.SHEET)) {
      lines.add("there is no picture: --save sheet has no effect");
    }
    if (found.pictures().isEmpty() && results.showInterval != null) {
      lines.add("there is no picture: --show-interval has no effect");
    }
    if (found.videos().isEmpty() && results.draw.contains(DrawFlag.TRAIL)) {
      lines.add("there is no video: --draw trail has no effect");
    }
    return lines;
  }

  /** Of those about drawings that nobody asked for. */
  static List<String> undrawn(InferFlags.Results results, Predicate<String> given) {
    Saving saving = results.saving();
    if (saving.has(Saved.OVERLAY) || saving.has(Saved.SHEET) || results.show) {
      return List.of();
    }
    return Stream.of("--draw", "--kpt-thr", "--radius", "--thickness")
        .filter(given)
        .filter(flag -> !(flag.equals("--kpt-thr") && saving.has(Saved.VIEWER)))
        .map(flag -> flag + " has no effect: nothing that --save names is drawn")
        .toList();
  }

  /** Of those about results that are not written. */
  static List<String> unwritten(Saving saving, boolean audio, boolean angles) {
    List<String> lines = new ArrayList<>();
    if (audio && !saving.has(Saved.OVERLAY)) {
      lines.add("--audio has no effect: it goes into the video of --save overlay");
    }
    if (angles && !saving.has(Saved.JSON)) {
      lines.add("--angles has no effect: it adds to --save json; --save angles writes a table");
    }
    return lines;
  }
}
