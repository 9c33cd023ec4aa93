package io.github.rtmjava.app;

import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.List;

/** Works on videos one after another, whatever becomes of each. */
final class VideoRun {
  private final VideoSettings settings;
  private final OutputNames names;
  private final Console console;

  VideoRun(VideoSettings settings, OutputNames names, Console console) {
    this.settings = settings;
    this.names = names;
    this.console = console;
  }

  /** Whether all videos could be done from their first frame to their last. */
  boolean run(List<VideoSource> videos, PoseInferencer model) {
    boolean allDone = true;
    try (VideoProgress progress = new VideoProgress(console);
        Interruption interruption =
            new Interruption(
                () -> progress.note("stopping: the files written so far are completed"))) {
      for (VideoSource video : videos) {
        if (!interruption.requested()) {
          allDone &= run(video, model, progress, interruption);
        }
      }
    }
    return allDone;
  }

  private boolean run(
      VideoSource video, PoseInferencer model, VideoProgress progress, Interruption interruption) {
    VideoJob job =
        new VideoJob(settings, video, names.stem(video.name()), progress, interruption::requested);
    try {
      boolean complete = job.run(model);
      console.say(job.summary());
      return complete;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      String line = Errors.line(e);
      progress.problem(line.startsWith(video.name()) ? line : video.name() + ": " + line);
      console.trace(e);
      return false;
    }
  }
}
