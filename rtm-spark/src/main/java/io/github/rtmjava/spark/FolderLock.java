package io.github.rtmjava.spark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run out of a folder of this machine. The operating system drops the lock of a run
 * that ends in whatever way. Other file systems have no such locks.
 */
final class FolderLock implements AutoCloseable {
  private final @Nullable FileChannel channel;

  private FolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock of(org.apache.hadoop.fs.Path own, String folder) throws IOException {
    if (!"file".equals(own.toUri().getScheme())) {
      return new FolderLock(null);
    }
    Path place = Path.of(own.toUri().getPath());
    Files.createDirectories(place);
    FileChannel channel =
        FileChannel.open(
            place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(
        folder + ": another run is writing there; wait for its end, or choose another with -o");
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
