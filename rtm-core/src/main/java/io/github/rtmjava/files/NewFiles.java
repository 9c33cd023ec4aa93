package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Several files of one folder: all are complete before the first takes its place. Closing them
 * before they are committed removes what was made.
 */
public final class NewFiles implements AutoCloseable {
  private final Path folder;
  private final List<NewFile> files = new ArrayList<>();
  private final List<Path> written = new ArrayList<>();

  private NewFiles(Path folder) {
    this.folder = folder;
  }

  /** None yet; the folder is made with the first. */
  public static NewFiles in(Path folder) {
    return new NewFiles(folder.toAbsolutePath());
  }

  /** Where the files will be, an absolute path; temporary ones may lie there too. */
  public Path folder() {
    return folder;
  }

  /** Writes a whole file through a buffered stream, which takes its place with the others. */
  public void write(String name, NewFile.Content content) throws IOException {
    NewFile file = NewFile.at(folder.resolve(name));
    files.add(file);
    content.writeTo(file.out());
    file.closeStream();
  }

  /** Puts all files in their places, one after the other in the order in which they came. */
  public void commit() throws IOException {
    for (NewFile file : files) {
      file.commit();
      written.add(file.target());
    }
  }

  /** The files that are in their places, absolute paths. */
  public List<Path> written() {
    return List.copyOf(written);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (NewFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
