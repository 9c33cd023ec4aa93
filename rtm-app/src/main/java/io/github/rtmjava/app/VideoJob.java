package io.github.rtmjava.app;

import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One video in two passes: the poses of frame after frame; then what is made of all of them, which
 * wait in a temporary file.
 */
final class VideoJob {
  private final VideoSettings settings;
  private final VideoSource source;
  private final VideoTargets targets;
  private final Progress progress;
  private final FirstPass first;
  private final Interruption interruption;
  private final WrittenFiles written;

  /**
   * A video to be worked on.
   *
   * @param stem what the names of its results begin with
   * @param interruption says whether to stop where it is
   */
  VideoJob(
      VideoSettings settings,
      VideoSource source,
      String stem,
      Progress progress,
      Interruption interruption) {
    this.settings = settings;
    this.source = source;
    this.targets = new VideoTargets(source.name(), settings.folder(), stem);
    this.progress = progress;
    this.first =
        new FirstPass(
            settings, targets, progress, interruption, source instanceof VideoSource.Folder);
    this.interruption = interruption;
    this.written = new WrittenFiles(settings.folder());
  }

  /**
   * Does it.
   *
   * @return whether every frame could be read and looked at
   * @throws IOException if the video cannot be opened, or a result cannot be written
   */
  boolean run(PoseInferencer model) throws IOException {
    try {
      return passes(model);
    } catch (IOException e) {
      throw FullDisk.named(e, settings.folder(), "the results");
    }
  }

  private boolean passes(PoseInferencer model) throws IOException {
    try (PoseSpool spool = PoseSpool.in(settings.folder())) {
      boolean live;
      Recording recording;
      List<String> problems;
      try (VideoReader video = open()) {
        VideoInfo info = video.info();
        live = info.live();
        recording =
            model.recording(
                info.name(), info.width(), info.height(), info.frameRate(), info.frames());
        lastPass(live).requireFit(recording);
        if (settings.audio()
            && settings.saving().has(Saved.OVERLAY)
            && !DrawnVideo.hasSound(source, info)) {
          progress.note(
              source.name()
                  + ": --audio has no effect: only the sound of files is copied, and here is none");
        }
        try {
          interruption.stoppable(
              video::close,
              () -> {
                first.run(video, model, recording, spool);
                return first;
              });
        } finally {
          written.add(targets.stem(), first.written());
        }
        problems = video.problems();
      }
      problems.forEach(line -> progress.problem(source.name() + ": " + line));
      if (first.frames() == 0) {
        throw new IOException(
            source.name() + ": expected frames, found none; look at --start and --end");
      }
      if (first.people() == 0) {
        progress.note(
            source.name()
                + ": nobody found; a lower --bbox-thr lets in boxes that are less certain");
      }
      if (settings.single() && !live) {
        try (PoseSpool kept = PoseSpool.in(settings.folder())) {
          first.keepOne(spool, recording, kept);
          written.add(targets.stem(), first.written());
          finish(recording, kept, live);
        }
      } else {
        finish(recording, spool, live);
      }
      return first.failed() == 0 && problems.isEmpty() && !interruption.requested();
    }
  }

  private void finish(Recording recording, PoseSpool spool, boolean live) throws IOException {
    LastPass last = lastPass(live);
    try {
      last.run(recording, spool);
    } finally {
      written.add(targets.stem(), last.written());
    }
  }

  private LastPass lastPass(boolean live) {
    return new LastPass(settings, source, targets, progress, interruption, live);
  }

  private VideoReader open() throws IOException {
    return interruption.breakable(() -> VideoReader.open(source, settings.frames()));
  }

  /** What came of it, in one line; empty if nothing was written. */
  Optional<String> summary() {
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "wrote %s: %s in %s"
                .formatted(written, first.who(), Counted.of(first.frames(), "frame", "frames")));
  }
}
