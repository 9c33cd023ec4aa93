package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures on a thread of its own: the first one at once, each other while one is in work.
 */
final class ReadAhead implements AutoCloseable {
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "read pictures");
            thread.setDaemon(true);
            return thread;
          });
  private final Iterator<Path> pictures;
  private @Nullable Future<Image> next;

  ReadAhead(List<Path> pictures) {
    this.pictures = pictures.iterator();
    next = start();
  }

  private @Nullable Future<Image> start() {
    if (!pictures.hasNext()) {
      return null;
    }
    Path picture = pictures.next();
    return reader.submit(() -> Images.read(picture));
  }

  /**
   * The next picture.
   *
   * @throws IOException if it cannot be read; the one after it may be
   * @throws NoSuchElementException if there is none
   */
  Image take() throws IOException {
    Future<Image> current = next;
    if (current == null) {
      throw new NoSuchElementException("all pictures are read");
    }
    try {
      return current.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      } else if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      } else if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a picture was read");
    } finally {
      next = start();
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
