package io.github.rtmjava.app;

import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.recording.DrawnVideo;
import io.github.rtmjava.recording.RecordedFrames;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
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
  private List<String> problems = List.of();
  private boolean live;
  private String who = "";

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
    try (RecordedFrames recorded = record(model)) {
      PoseSpool frames;
      try {
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
        frames = complete(recorded);
      } finally {
        note(recorded);
      }
      finish(recorded.recording(), frames);
      return first.failed() == 0 && problems.isEmpty() && !interruption.requested();
    }
  }

  /** The first pass, after which the source may be read once more. */
  private RecordedFrames record(PoseInferencer model) throws IOException {
    try (VideoReader video = open()) {
      VideoInfo info = video.info();
      live = info.live();
      Recording recording =
          model.recording(
              info.name(), info.width(), info.height(), info.frameRate(), info.frames());
      lastPass().requireFit(recording);
      noteSilence(info);
      Path lines = settings.saving().has(Saved.JSON) ? targets.of(Saved.JSON) : null;
      RecordedFrames recorded =
          RecordedFrames.begin(settings.folder(), recording, settings.recording(), live, lines);
      boolean through = false;
      try {
        interruption.stoppable(
            video::close,
            () -> {
              first.run(video, model, recorded);
              return first;
            });
        problems = video.problems();
        through = true;
        return recorded;
      } finally {
        if (!through) {
          note(recorded);
          recorded.close();
        }
      }
    }
  }

  /** What is there of the first pass. */
  private void note(RecordedFrames recorded) {
    recorded.written().ifPresent(file -> written.add(targets.stem(), List.of(file)));
    first.drawn().ifPresent(file -> written.add(targets.stem(), List.of(file)));
    who = first.who(recorded);
  }

  private void finish(Recording recording, PoseSpool frames) throws IOException {
    LastPass last = lastPass();
    try {
      last.run(recording, frames);
    } finally {
      written.add(targets.stem(), last.written());
    }
  }

  private LastPass lastPass() {
    return new LastPass(settings, source, targets, progress, interruption, live);
  }

  private static PoseSpool complete(RecordedFrames recorded) throws IOException {
    boolean through = false;
    try {
      PoseSpool frames = recorded.complete(() -> {});
      through = true;
      return frames;
    } finally {
      if (!through) {
        recorded.discard();
      }
    }
  }

  private void noteSilence(VideoInfo info) {
    if (settings.recording().audio()
        && settings.saving().has(Saved.OVERLAY)
        && !DrawnVideo.hasSound(source, info)) {
      progress.note(
          source.name()
              + ": --audio has no effect: only the sound of files is copied, and here is none");
    }
  }

  private VideoReader open() throws IOException {
    return interruption.breakable(() -> VideoReader.open(source, settings.recording().frames()));
  }

  /** What came of it, in one line; empty if nothing was written. */
  Optional<String> summary() {
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "wrote %s: %s in %s"
                .formatted(written, who, Counted.of(first.frames(), "frame", "frames")));
  }
}
