package io.github.rtmjava.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The bytes of picture files, of limited number, and in limited time where they may not come. */
final class PictureBytes {
  private static final int MOST = 1 << 30;

  /** Of the heap, for what does not say beforehand how much it is. */
  private static final int PART = 4;

  private static final int TYPE = 0170000;
  private static final int PIPE = 0010000;

  private PictureBytes() {}

  /**
   * Reads a file, or a pipe to its end.
   *
   * @param patience for a pipe
   * @throws ImageException if it is missing, cannot be read, or is too large
   */
  static byte[] of(Path file, Duration patience) throws ImageException {
    try {
      if (Files.isDirectory(file)) {
        throw new ImageException(file + ": expected a picture, found a folder");
      }
      if (isPipe(file)) {
        return inTime(() -> open(file), file.toString(), patience);
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new ImageException(file + ": expected a picture, found a device");
      }
      long size = Files.size(file);
      if (size > MOST) {
        throw tooLarge(file.toString(), MOST);
      }
      // Files that the system makes up say nothing of their size.
      return size == 0 ? open(file) : Files.readAllBytes(file);
    } catch (ImageException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new ImageException(file + ": expected a picture, found no such file", e);
    } catch (IOException e) {
      throw new ImageException(
          "%s: expected a picture, found a file that cannot be read (%s)"
              .formatted(file, e.getMessage()),
          e);
    } catch (OutOfMemoryError e) {
      throw new ImageException(
          "%s: the file needs %s MB of memory, found less; give java a larger -Xmx"
              .formatted(file, file.toFile().length() / 1_000_000 + 1),
          e);
    }
  }

  private static byte[] open(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, file.toString());
    }
  }

  private static boolean isPipe(Path file) {
    try {
      Object mode = Files.getAttribute(file, "unix:mode", new LinkOption[0]);
      return ((Integer) mode & TYPE) == PIPE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @throws ImageException if it has too many bytes
   * @throws IOException if it cannot be read
   */
  static byte[] of(InputStream in, String name) throws IOException {
    int most = most();
    return checked(in.readNBytes(most), most, name);
  }

  /** So many bytes, or more, are too many for what does not say beforehand how many it has. */
  static int most() {
    return (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / PART);
  }

  /**
   * Bytes that are not too many.
   *
   * @throws ImageException if there are as many as {@code most}
   */
  static byte[] checked(byte[] data, int most, String name) throws ImageException {
    if (data.length == most) {
      throw tooLarge(name, most);
    }
    return data;
  }

  /**
   * Waits for bytes that may never come.
   *
   * @param reading goes on, on a thread of its own that keeps no program from ending, if they do
   *     not come
   * @throws ImageException if they do not come in time
   */
  static byte[] inTime(Callable<byte[]> reading, String name, Duration patience)
      throws IOException {
    FutureTask<byte[]> task = new FutureTask<>(reading);
    Thread thread = new Thread(task, "rtm bytes");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + ": interrupted");
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new ImageException(
          "%s: expected a picture, found that it does not end within %s s"
              .formatted(name, patience.toSeconds()),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      } else if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  private static ImageException tooLarge(String name, int most) {
    return new ImageException(
        "%s: expected a picture of at most %s MiB, found more; scale it down first"
            .formatted(name, most >> 20));
  }
}
