package io.github.rtmjava.output.format;

import io.github.rtmjava.files.NewFiles;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps all frames on disk, and writes the files when the last is there. */
final class TrackWriter implements PoseWriter {
  /** Makes the files of a recording. */
  @FunctionalInterface
  interface Content {
    void write(Tracks tracks, TrackFiles files) throws IOException;
  }

  private final Tracks tracks;
  private final Path folder;
  private final String stem;
  private final Content content;
  private List<Path> written = List.of();

  TrackWriter(Recording recording, Path folder, String stem, Content content) throws IOException {
    this.folder = folder.toAbsolutePath();
    this.stem = stem;
    this.content = content;
    Files.createDirectories(this.folder);
    tracks = new Tracks(recording, this.folder);
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    tracks.add(frame);
  }

  @Override
  public void finish() throws IOException {
    try (NewFiles files = NewFiles.in(folder)) {
      content.write(tracks, new TrackFiles(files, stem));
      try {
        files.commit();
      } finally {
        written = files.written();
      }
    }
  }

  @Override
  public List<Path> written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    tracks.close();
  }
}
