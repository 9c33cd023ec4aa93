package io.github.rtmjava.app;

import io.github.rtmjava.files.Unfinished;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder beside the results in which they are made, to be moved to their places when they are
 * complete. It vanishes when it is closed.
 */
final class Staging implements AutoCloseable {
  private final Path target;
  private final Unfinished folder;

  private Staging(Path target, Unfinished folder) {
    this.target = target;
    this.folder = folder;
  }

  /** Makes the target folder, if it is not there, and an empty folder in it. */
  static Staging in(Path target) throws IOException {
    Files.createDirectories(target);
    Unfinished folder = Unfinished.in(target);
    try {
      Files.createDirectory(folder.path());
      return new Staging(target, folder);
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /** Where to make the file of that name. */
  Path path(String name) {
    return folder.path().resolve(name);
  }

  /** Moves a complete file to its place, over what was there; that place. */
  Path commit(String name) throws IOException {
    Path place = target.resolve(name);
    try {
      Files.move(
          path(name), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path(name), place, StandardCopyOption.REPLACE_EXISTING);
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
