package io.github.rtmjava.server.recording;

import io.github.rtmjava.files.Unfinished;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.json.JsonLinesWriter;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code GET /v1/recordings/{id}/files/{format}}: what a stream recorded, in one of a few formats.
 * Several files of a format come as a ZIP archive.
 */
public final class RecordingFiles {
  private static final String STEM = "recording";
  private static final String LINES = "jsonl";
  private static final String VIEWER = "viewer";

  /** Media types of the formats; nothing else can be asked for. */
  private static final Map<String, String> TYPES =
      Map.of(
          LINES,
          "application/x-ndjson",
          "csv",
          "text/csv",
          "trc",
          "text/plain",
          "c3d",
          "application/octet-stream",
          "glb",
          "model/gltf-binary",
          "bvh",
          "text/plain",
          VIEWER,
          "text/html");

  private static final int MOST_AT_A_TIME = 2;

  private final Recordings recordings;
  private final Semaphore writers = new Semaphore(MOST_AT_A_TIME);

  /** Files of these. */
  public RecordingFiles(Recordings recordings) {
    this.recordings = recordings;
  }

  /** Answers a request. */
  public void handle(Context ctx) throws IOException {
    String format = ctx.pathParam("format");
    String type = TYPES.get(format);
    LiveRecording recording = recordings.find(ctx.pathParam("id")).orElse(null);
    if (recording == null) {
      throw new ProblemException(
          Reason.NOT_FOUND, "there is no such recording, or it was removed meanwhile");
    }
    if (type == null) {
      throw new ProblemException(
          Reason.NOT_FOUND,
          "expected a format out of %s"
              .formatted(String.join(", ", TYPES.keySet().stream().sorted().toList())));
    }
    Recording about =
        recording
            .about()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Reason.UNREADABLE, "nothing was recorded: no frame came before its end"));
    if (!writers.tryAcquire()) {
      throw new ProblemException(
          Reason.QUEUE_FULL,
          "other recordings are being written; try again later",
          Duration.ofSeconds(2));
    }
    try {
      send(ctx, recording, about, format, type);
    } finally {
      writers.release();
    }
  }

  private void send(
      Context ctx, LiveRecording recording, Recording about, String format, String type)
      throws IOException {
    Unfinished folder = recordings.newFolder();
    try {
      Path file = write(recording, about, format, folder.path());
      boolean zip = file.toString().endsWith(".zip");
      String name = file.getFileName().toString();
      ctx.contentType(zip ? "application/zip" : type)
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .result(
              new FilterInputStream(Files.newInputStream(file)) {
                @Override
                public void close() throws IOException {
                  try (folder) {
                    super.close();
                  }
                }
              });
    } catch (IOException | RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static Path write(LiveRecording recording, Recording about, String format, Path folder)
      throws IOException {
    List<Path> written;
    switch (format) {
      case LINES -> {
        Path file = folder.resolve(STEM + ".jsonl");
        try (JsonLinesWriter lines = new JsonLinesWriter(file, about)) {
          requireThere(recording.read(lines::write));
        }
        written = List.of(file);
      }
      case VIEWER ->
          written =
              write(
                  new ViewerWriter(about, folder.resolve(STEM + ".html"), ViewerOptions.defaults()),
                  recording);
      default -> {
        PoseFormats.of(format)
            .requirement(about)
            .ifPresent(
                problem -> {
                  throw new ProblemException(Reason.UNREADABLE, problem);
                });
        written = write(PoseFormats.of(format).open(about, folder, STEM), recording);
      }
    }
    if (written.isEmpty()) {
      throw new ProblemException(
          Reason.UNREADABLE, "nobody was seen in the recording: there is nothing to write");
    }
    return written.size() == 1
        ? written.get(0)
        : zip(
            written, folder.resolve("%s.%s.zip".formatted(STEM, format.toLowerCase(Locale.ROOT))));
  }

  private static List<Path> write(PoseWriter opened, LiveRecording recording) throws IOException {
    try (PoseWriter writer = opened) {
      requireThere(recording.read(writer::write));
      writer.finish();
      return writer.written();
    }
  }

  private static void requireThere(boolean there) {
    if (!there) {
      throw new ProblemException(Reason.NOT_FOUND, "the recording was removed meanwhile");
    }
  }

  private static Path zip(List<Path> files, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return target;
  }
}
