package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What killed processes left in a folder. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Removes what no living process makes, and puts a folder back that was about to be replaced.
   * What cannot be removed stays: it does no harm.
   */
  public static void clear(Path folder) {
    try {
      for (Path lock : matching(folder, "*" + Claim.LOCK)) {
        if (!name(lock).startsWith(Claim.OWN)) {
          clear(folder, lock);
        }
      }
    } catch (IOException e) {
      // A folder that cannot be listed is left as it is.
    }
  }

  private static void clear(Path folder, Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held == null) {
        return;
      }
      String id = name(lock).substring(0, name(lock).length() - Claim.LOCK.length());
      for (Path left : matching(folder, id.substring(Claim.PREFIX.length()) + ".*")) {
        if (!left.equals(lock)) {
          putBackOrRemove(left, id);
        }
      }
      Files.deleteIfExists(lock);
    } catch (IOException | OverlappingFileLockException e) {
      // Tried again by the next run.
    }
  }

  private static void putBackOrRemove(Path left, String id) throws IOException {
    String replaced = NewFolder.replacedBy(name(left), id);
    if (!replaced.isEmpty()) {
      Path target = left.resolveSibling(replaced);
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(left, target);
        return;
      }
    }
    Unfinished.remove(left);
  }

  private static List<Path> matching(Path folder, String rest) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder, Claim.PREFIX + rest)) {
      content.forEach(found::add);
    }
    return found;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
