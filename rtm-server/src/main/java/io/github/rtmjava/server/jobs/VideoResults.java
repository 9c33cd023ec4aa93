package io.github.rtmjava.server.jobs;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.refine.Refinement;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.PoseWriters;
import io.github.rtmjava.output.format.json.JsonLinesFile;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is made of all frames of a video, once they are there. */
final class VideoResults {
  private final JobQuery query;
  private final Path video;
  private final Path folder;
  private final Path files;
  private final JobProgress progress;

  /**
   * Results.
   *
   * @param folder for temporary files
   * @param files where they are to be
   */
  VideoResults(JobQuery query, Path video, Path folder, Path files, JobProgress progress) {
    this.query = query;
    this.video = video;
    this.folder = folder;
    this.files = files;
    this.progress = progress;
  }

  /** Writes them; each file is there completely or not at all. */
  void write(Recording raw, PoseSpool spool) throws IOException {
    if (query.saved().own().isEmpty() && query.saved().formats().isEmpty()) {
      return;
    }
    try (Refinement refined = Refinement.of(spool, raw, query.refining(), folder);
        PoseWriter writers = PoseWriters.begin(writers(refined))) {
      for (int i = 0; i < refined.size(); i++) {
        progress.requireGoingOn();
        writers.write(refined.get(i));
      }
      try {
        writers.finish();
      } finally {
        packFolders(writers.written());
      }
    }
  }

  private List<PoseWriters.Beginning> writers(Refinement refined) {
    Recording recording = refined.recording();
    List<PoseWriters.Beginning> writers = new ArrayList<>();
    for (JobFiles.Own own : query.saved().own()) {
      writers.add(() -> writer(own, recording, refined.world()));
    }
    writers.addAll(
        PoseFormats.beginnings(query.saved().formats(), recording, files, JobFiles.STEM));
    return writers;
  }

  private PoseWriter writer(JobFiles.Own own, Recording recording, Optional<WorldPose> world)
      throws IOException {
    Path target = files.resolve(own.file());
    return switch (own) {
      case JSON -> JsonLinesFile.open(target, recording, query.angles());
      case OVERLAY -> DrawnVideo.open(video, target, query);
      case VIEWER -> viewer(recording, world, target);
    };
  }

  private PoseWriter viewer(Recording recording, Optional<WorldPose> world, Path target)
      throws IOException {
    ViewerOptions options =
        ViewerOptions.defaults().withMinScore(query.drawing().keypointThreshold());
    return new ViewerWriter(
        recording,
        target,
        recording.frame() == Frame3d.WORLD && world.isPresent()
            ? options.withCamera(world.get())
            : options);
  }

  /** A folder of files is given out as one. */
  private static void packFolders(List<Path> written) throws IOException {
    for (Path each : written) {
      if (Files.isDirectory(each)) {
        ZippedFolder.replace(each);
      }
    }
  }
}
