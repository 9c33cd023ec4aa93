package io.github.rtmjava.converter;

import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.Originals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file or folder that a command writes. */
final class Target {
  private Target() {}

  /** What makes it. */
  interface Making {
    void make() throws IOException;
  }

  /**
   * Makes it, once it is certain that it takes the place of nothing that is read, and after what
   * killed runs left beside it is removed.
   *
   * @param source that is read
   */
  static void write(Path target, Path source, Making making) throws IOException {
    Originals.of(List.of(source)).requireOther(target);
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      making.make();
      return;
    }
    Leftovers.clear(folder);
    try {
      making.make();
    } catch (IOException e) {
      throw FullDisk.named(e, folder, String.valueOf(target.getFileName()));
    }
  }
}
