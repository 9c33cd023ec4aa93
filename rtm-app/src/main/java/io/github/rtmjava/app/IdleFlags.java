package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.pose.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** Of those that place people, with a model without depth. */
  static Optional<String> inSpace(Recording common, InferFlags.Space space) {
    boolean flat = common.camera() == null && common.frame() != Frame3d.UVD;
    return flat && space.says()
        ? Optional.of(
            common.model()
                + " has no depth: --camera, --root-depth, --calib, --floor and --frame have no"
                + " effect")
        : Optional.empty();
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
