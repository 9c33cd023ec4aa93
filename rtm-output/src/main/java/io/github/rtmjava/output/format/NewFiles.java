package io.github.rtmjava.output.format;

import io.github.rtmjava.files.NewFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one recording: all are written before the first takes its place. */
final class NewFiles implements AutoCloseable {
  private final Path folder;
  private final String stem;
  private final List<NewFile> files = new ArrayList<>();

  NewFiles(Path folder, String stem) {
    this.folder = folder;
    this.stem = stem;
  }

  /** Where the files will be; temporary ones may lie there too. */
  Path folder() {
    return folder;
  }

  /** Writes a file whose name is the stem and an ending. */
  void write(String ending, NewFile.Content content) throws IOException {
    NewFile file = NewFile.at(folder.resolve(stem + ending));
    files.add(file);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.path()), 1 << 16)) {
      content.writeTo(out);
    }
  }

  /** Writes the file of one person. */
  void write(Track track, String ending, NewFile.Content content) throws IOException {
    write(of(track) + ending, content);
  }

  /** The name of the file of one person. */
  String name(Track track, String ending) {
    return stem + of(track) + ending;
  }

  private static String of(Track track) {
    return "_" + track.number();
  }

  /** What all of them become. */
  List<Path> written() {
    return files.stream().map(NewFile::target).toList();
  }

  void commit() throws IOException {
    for (NewFile file : files) {
      file.commit();
    }
  }

  @Override
  public void close() throws IOException {
    for (NewFile file : files) {
      file.close();
    }
  }
}
