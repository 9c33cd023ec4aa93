package io.github.rtmjava.app;

import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One video in two passes: the poses of frame after frame; then what is made of all of them, which
 * wait in a temporary file.
 */
final class VideoJob {
  private final VideoSettings settings;
  private final VideoSource source;
  private final VideoTargets targets;
  private final VideoProgress progress;
  private final FirstPass first;

  /**
   * A video to be worked on.
   *
   * @param stem what the names of its results begin with
   * @param stopped whether to stop where it is
   */
  VideoJob(
      VideoSettings settings,
      VideoSource source,
      String stem,
      VideoProgress progress,
      BooleanSupplier stopped) {
    this.settings = settings;
    this.source = source;
    this.targets = new VideoTargets(source.name(), settings.folder(), stem);
    this.progress = progress;
    this.first = new FirstPass(settings, targets, progress, stopped);
  }

  /**
   * Does it.
   *
   * @return whether every frame could be read and looked at
   * @throws IOException if the video cannot be opened, or a result cannot be written
   */
  boolean run(PoseInferencer model) throws IOException {
    try (PoseSpool spool = PoseSpool.in(settings.folder())) {
      boolean live;
      Recording recording;
      List<String> problems;
      try (VideoReader video = VideoReader.open(source, settings.frames())) {
        VideoInfo info = video.info();
        live = info.live();
        recording =
            model.recording(
                info.name(), info.width(), info.height(), info.frameRate(), info.frames());
        first.run(video, model, recording, spool);
        problems = video.problems();
      }
      problems.forEach(line -> progress.problem(source.name() + ": " + line));
      if (first.frames() == 0) {
        throw new IOException(
            source.name() + ": expected frames, found none; look at --start and --end");
      }
      LastPass last = new LastPass(settings, source, targets, progress, live);
      if (settings.single() && !live) {
        try (PoseSpool kept = PoseSpool.in(settings.folder())) {
          first.keepOne(spool, recording, kept);
          last.run(recording, kept);
        }
      } else {
        last.run(recording, spool);
      }
      return first.failed() == 0 && problems.isEmpty();
    }
  }

  /** What came of it, in one line. */
  String summary() {
    return "wrote %s: %s in %s"
        .formatted(
            String.join(" and ", targets.all(settings.saving())),
            first.who(),
            Counted.of(first.frames(), "frame", "frames"));
  }
}
