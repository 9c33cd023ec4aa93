package io.github.rtmjava.models;

import io.github.rtmjava.model.ModelListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of one process at a time do a piece of work. The operating system drops the lock
 * of a process that ends in whatever way. The lock saves work and keeps partial downloads in order;
 * that finished files are whole does not rest on it.
 */
final class CacheLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;
  private static final long NOTICE_MILLIS = 1000;

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until nobody else holds the lock; says so if that takes long. */
  static CacheLock acquire(Path file, String what, ModelListener listener) throws IOException {
    FileChannel channel = open(file);
    try {
      for (long waited = 0; !isLocked(channel); waited += POLL_MILLIS) {
        if (waited == NOTICE_MILLIS) {
          listener.notice("waiting for another download of " + what);
        }
        Thread.sleep(POLL_MILLIS);
      }
      return new CacheLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while another download of " + what + " goes on");
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** The lock if nobody else holds it, otherwise null. */
  static @Nullable CacheLock tryAcquire(Path file) throws IOException {
    FileChannel channel = open(file);
    if (isLocked(channel)) {
      return new CacheLock(channel);
    }
    channel.close();
    return null;
  }

  private static FileChannel open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process has it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
