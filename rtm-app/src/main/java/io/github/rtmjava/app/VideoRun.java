package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.List;

/** Works on videos one after another, whatever becomes of each. */
final class VideoRun {
  private final VideoSettings settings;
  private final List<String> stems;
  private final Console console;
  private final Interruption interruption;

  /**
   * A run.
   *
   * @param stems the names of the results of each video
   */
  VideoRun(VideoSettings settings, List<String> stems, Console console, Interruption interruption) {
    this.settings = settings;
    this.stems = stems;
    this.console = console;
    this.interruption = interruption;
  }

  /** Whether all videos could be done from their first frame to their last. */
  boolean run(List<VideoSource> videos, PoseInferencer model) {
    boolean allDone = true;
    try (Progress progress = new Progress(console)) {
      for (int i = 0; i < videos.size() && !interruption.requested(); i++) {
        allDone &= run(videos.get(i), stems.get(i), model, progress);
      }
    }
    return allDone;
  }

  private boolean run(VideoSource video, String stem, PoseInferencer model, Progress progress) {
    VideoJob job = new VideoJob(settings, video, stem, progress, interruption);
    try {
      boolean complete = job.run(model);
      job.summary().ifPresent(console::say);
      return complete;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      job.summary().ifPresent(console::say);
      if (interruption.requested()) {
        console.trace(e);
        return false;
      }
      String line = Errors.line(e);
      progress.problem(line.startsWith(video.name()) ? line : video.name() + ": " + line);
      console.trace(e);
      return false;
    }
  }
}
