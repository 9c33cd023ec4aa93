package io.github.rtmjava.server.jobs;

import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.recording.RecordedFrames;
import io.github.rtmjava.recording.RecordingResults;
import io.github.rtmjava.recording.ResultTarget;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A video from its first frame to its last: lines of JSON while it runs, everything else when all
 * frames are known.
 */
final class VideoPass {
  /** How long pictures that somebody waits for may hold up a frame. */
  private static final Duration COURTESY = Duration.ofMillis(250);

  private final JobQuery query;
  private final Path video;
  private final Path folder;
  private final Path files;
  private final JobProgress progress;
  private final Admission admission;

  /**
   * A pass.
   *
   * @param folder for temporary files
   * @param files the folder of the results
   * @param admission whose pictures go first
   */
  VideoPass(
      JobQuery query,
      Path video,
      Path folder,
      Path files,
      JobProgress progress,
      Admission admission) {
    this.query = query;
    this.video = video;
    this.folder = folder;
    this.files = files;
    this.progress = progress;
    this.admission = admission;
  }

  /**
   * Does it.
   *
   * @throws IOException if the video cannot be read, or a result cannot be written
   */
  void run(PoseInferencer shared) throws IOException {
    Files.createDirectories(files);
    try (RecordedFrames recorded = record(shared.withOptions(query.people()))) {
      boolean through = false;
      try {
        PoseSpool frames = recorded.complete(progress::requireGoingOn);
        through = true;
        write(recorded.recording(), frames);
      } finally {
        if (!through) {
          recorded.discard();
        }
      }
    }
  }

  /** The poses of frame after frame; of the lines no half file is left. */
  private RecordedFrames record(PoseInferencer model) throws IOException {
    try (VideoReader reader =
        VideoReader.open(new VideoSource.File(video), query.recording().frames())) {
      VideoInfo info = reader.info();
      Recording recording =
          model.recording(
              query.name(), info.width(), info.height(), info.frameRate(), info.frames());
      query.recording().refining().requireFit(recording);
      progress.expect(query.recording().frames().expected(info));
      RecordedFrames recorded =
          RecordedFrames.begin(
              folder,
              recording,
              query.recording(),
              /* live= */ false,
              files.resolve(JobFiles.LINES));
      boolean through = false;
      try {
        look(reader, model, recorded);
        through = true;
        return recorded;
      } finally {
        if (!through) {
          recorded.discard();
          recorded.close();
        }
      }
    }
  }

  private void look(VideoReader reader, PoseInferencer model, RecordedFrames recorded)
      throws IOException {
    try (Stream<Followed> all =
        model.follow(reader.frames().peek(frame -> giveWay()), query.recording().following())) {
      for (Iterator<Followed> each = all.iterator(); each.hasNext(); ) {
        Followed next = each.next();
        remark(next);
        recorded.add(next.poses());
        progress.step(next.poses().result().size());
        progress.requireGoingOn();
      }
    }
    reader.problems().forEach(progress::remark);
    if (recorded.size() == 0) {
      throw new IllegalArgumentException("expected frames, found none; look at start and end");
    }
  }

  private void write(Recording recording, PoseSpool frames) throws IOException {
    ResultTarget target =
        new ResultTarget(
            files, JobFiles.STEM, query.saved().own(), query.saved().formats(), /* media= */ null);
    RecordingResults results =
        new RecordingResults(query.recording(), new VideoSource.File(video), folder, target);
    try {
      results.write(recording, frames, new Steps());
    } finally {
      for (Path each : results.written()) {
        if (Files.isDirectory(each)) {
          ZippedFolder.replace(each); // a folder of files is given out as one
        }
      }
    }
  }

  private final class Steps implements RecordingResults.Listener {
    @Override
    public void begin(Optional<WorldPose> world, int frames) {}

    @Override
    public void step() {
      progress.requireGoingOn();
    }
  }

  private void remark(Followed next) {
    next.problem()
        .ifPresent(
            problem ->
                progress.remark(
                    "frame %s: poses could not be looked for".formatted(next.poses().index())));
  }

  /** On the thread that decodes, so that the groups before are computed meanwhile. */
  private void giveWay() {
    try {
      admission.giveWay(COURTESY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
