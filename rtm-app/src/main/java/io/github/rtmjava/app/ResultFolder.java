package io.github.rtmjava.app;

import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.Unfinished;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of the results: it is made if it is not there, and goes again if nothing came into it.
 * What killed runs left in it is removed.
 */
final class ResultFolder {
  private ResultFolder() {}

  /** What fills it. */
  interface Work {
    int run() throws IOException;
  }

  /**
   * Does work in it.
   *
   * @throws IOException if nothing can be written there, or the work fails
   */
  static int in(Path folder, Work work) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + ": expected a folder for the results, found a file");
    }
    List<Path> made = new ArrayList<>();
    for (Path each = folder.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      made.add(each);
    }
    try {
      if (!made.isEmpty()) {
        Files.createDirectories(folder);
      }
      Leftovers.clear(folder);
      Unfinished.in(folder).close(); // as a trial
    } catch (FileSystemException e) {
      removeEmpty(made);
      throw new IOException(
          "%s: expected a folder into which results can be written, found that %s; choose another"
                  .formatted(folder, reason(e))
              + " with -o",
          e);
    }
    try {
      return work.run();
    } finally {
      removeEmpty(made);
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "there is no permission for that";
    }
    if (e instanceof NoSuchFileException) {
      return "nothing can be made there";
    }
    String reason = e.getReason();
    return reason == null ? "it cannot be made" : "it cannot (%s)".formatted(reason);
  }

  private static void removeEmpty(List<Path> folders) {
    for (Path folder : folders) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        return; // results are in it
      }
    }
  }
}
