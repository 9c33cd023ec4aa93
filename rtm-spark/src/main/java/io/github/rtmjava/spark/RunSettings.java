package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.recording.RecordingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the results of a folder were made with: those of other models or options do not belong into
 * it. A line for each.
 */
record RunSettings(List<String> lines) {
  private static final String FILE = "settings.txt";
  private static final int LONGEST = 1 << 20;

  static RunSettings of(BatchJob job, PictureSettings settings) {
    RecordingOptions videos = job.recording();
    RefineOptions refining = videos.refining();
    boolean everywhere = videos.following().detectEvery() == 1;
    return new RunSettings(
        List.of(
            "format: " + job.format(),
            "model: " + named(settings.model()),
            "detector: "
                + (settings.detector() == null
                    ? settings.config().detector()
                    : named(settings.detector())),
            "classes: " + settings.config().classes(),
            "flip test: " + settings.config().flipTest(),
            "people and camera: " + oneLine(settings.config().options().toString()),
            "frame: " + settings.frame(),
            "camera stands: " + refining.world(),
            "boxes: " + settings.boxes(),
            "frames of videos: %s to %s s, every %s., at most %s"
                .formatted(
                    videos.frames().start(),
                    videos.frames().end(),
                    videos.frames().stride(),
                    videos.frames().maxFrames()),
            "people in videos: " + videos.following(),
            "parts of videos: " + (everywhere ? "any" : job.segment() + " s"),
            "smoothing: " + refining.smoothing(),
            "bones of one length: " + refining.boneLengths(),
            "height of people: " + refining.personHeight(),
            "engine: " + settings.config().engine(),
            "device: " + settings.config().engineOptions().device(),
            "precision: " + settings.config().engineOptions().precision(),
            "deterministic: " + settings.config().engineOptions().deterministic()));
  }

  private static String named(ModelFile model) {
    return model.sha256() == null ? model.reference() : model.sha256();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  /**
   * Compares with those that are in a folder, if any.
   *
   * @throws IOException if they differ
   */
  void require(FileSystem files, Path own, String folder) throws IOException {
    Path file = new Path(own, FILE);
    if (!files.exists(file)) {
      return;
    }
    List<String> before;
    try (InputStream in = files.open(file)) {
      before = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).lines().toList();
    }
    Optional<String> other = before.stream().filter(line -> !lines.contains(line)).findFirst();
    if (other.isPresent()) {
      String name = other.get().replaceFirst(":.*", ":");
      String now = lines.stream().filter(line -> line.startsWith(name)).findFirst().orElse("none");
      throw new IOException(
          "%s: expected a folder of results with '%s', found '%s'; choose another folder with -o"
              .formatted(folder, now, other.get()));
    }
  }

  /** Writes them; the file appears complete or not at all. */
  void write(FileSystem files, Path own) throws IOException {
    Path file = new Path(own, FILE);
    if (files.exists(file)) {
      return;
    }
    Path part = new Path(own, FILE + ".part");
    try (OutputStream out = files.create(part, true)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (!files.rename(part, file)) {
      throw new IOException(file + ": it cannot be written");
    }
  }
}
