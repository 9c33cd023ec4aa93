package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This process's claim on what it has not finished in a folder: {@code .rtm-ID.lock}, a file that
 * is locked while anything of that ID is being made. The operating system drops the lock of a
 * process that ends in whatever way: who can lock the file knows that its maker is gone, be it on
 * another machine or in another container.
 */
final class Claim {
  static final String PREFIX = ".rtm-";
  static final String LOCK = ".lock";

  /** What the names of this process's claims begin with, whatever class loader makes them. */
  static final String OWN = PREFIX + process() + "-";

  /**
   * Locks belong to the process, not to whoever asks for them: a second channel to a file would
   * drop the first one's lock when it is closed. Guarded by itself.
   */
  private static final Map<Path, Claim> HELD = new HashMap<>();

  private final Path folder;
  private final String id;
  private final @Nullable FileChannel channel;
  private int users;
  private long made;

  private Claim(Path folder, String id, @Nullable FileChannel channel) {
    this.folder = folder;
    this.id = id;
    this.channel = channel;
  }

  /** The claim on an existing folder, for one more user. */
  static Claim on(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      Claim claim = HELD.get(real);
      if (claim == null) {
        claim = make(real);
        HELD.put(real, claim);
      }
      claim.users++;
      return claim;
    }
  }

  /** A name that nothing has. */
  String name() {
    synchronized (HELD) {
      return "%s.%s.part".formatted(id, made++);
    }
  }

  /** Gives it up for one of its users. */
  void release() throws IOException {
    synchronized (HELD) {
      users--;
      if (users == 0) {
        HELD.remove(folder, this);
        if (channel != null) {
          try (channel) {
            Files.deleteIfExists(folder.resolve(id + LOCK));
          }
        }
      }
    }
  }

  private static Claim make(Path folder) throws IOException {
    while (true) {
      String id = OWN + UUID.randomUUID().toString().substring(0, 8);
      Path file = folder.resolve(id + LOCK);
      FileChannel channel = create(folder, file);
      try {
        // Somebody who clears the folder may have been faster.
        if (channel.tryLock() != null && Files.exists(file)) {
          return new Claim(folder, id, channel);
        }
        channel.close();
      } catch (IOException | UnsupportedOperationException e) {
        // No locks here: what is left behind stays, for nobody can know whose it is.
        channel.close();
        Files.deleteIfExists(file);
        return new Claim(folder, id, null);
      }
    }
  }

  /** Fails in the name of the folder, which users know. */
  private static FileChannel create(Path folder, Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw (IOException) new AccessDeniedException(folder.toString()).initCause(e);
    } catch (NoSuchFileException e) {
      throw (IOException)
          new FileSystemException(folder.toString(), null, "nothing can be made there")
              .initCause(e);
    } catch (FileSystemException e) {
      throw (IOException)
          new FileSystemException(folder.toString(), null, e.getReason()).initCause(e);
    }
  }

  private static String process() {
    ProcessHandle process = ProcessHandle.current();
    long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return String.join("-", List.of(Long.toString(process.pid(), 36), Long.toString(start, 36)));
  }
}
