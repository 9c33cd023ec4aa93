package io.github.rtmjava.output.format;

import io.github.rtmjava.files.NewFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that is written bit by bit, and is there when it is complete or not at all. */
final class PendingFile implements AutoCloseable {
  private final NewFile file;
  private final OutputStream out;

  PendingFile(Path target) throws IOException {
    file = NewFile.at(target);
    out = new BufferedOutputStream(Files.newOutputStream(file.path()), 1 << 16);
  }

  OutputStream out() {
    return out;
  }

  /** What it becomes. */
  List<Path> written() {
    return List.of(file.target());
  }

  void commit() throws IOException {
    out.close();
    file.commit();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      out.close();
    }
  }
}
