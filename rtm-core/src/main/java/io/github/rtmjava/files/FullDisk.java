package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A disk without room, which the system reports without saying which. */
public final class FullDisk {
  /** Less than a file of any use needs, bytes. */
  private static final long NOTHING = 1 << 16;

  private FullDisk() {}

  /**
   * What to report of a failure to write.
   *
   * @param folder where files were written
   * @param content what is written there
   * @return an exception that names the folder if there is no room on its disk, otherwise the same
   */
  public static IOException named(IOException failure, Path folder, String content) {
    return isFull(failure, folder)
        ? new IOException(
            "%s: expected room for %s, found that its disk is full; free some, or choose another folder"
                .formatted(folder, content),
            failure)
        : failure;
  }

  private static boolean isFull(IOException failure, Path folder) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() < NOTHING;
    } catch (IOException e) {
      return false;
    }
  }
}
