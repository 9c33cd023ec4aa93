package io.github.rtmjava.image;

import io.github.rtmjava.web.Redirects;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is read when it is needed: a file, something on the web, a stream of bytes, or one
 * that is in memory already.
 */
public final class Picture {
  private final String name;
  private final @Nullable Path file;
  private final Reading reading;

  private Picture(String name, @Nullable Path file, Reading reading) {
    this.name = name;
    this.file = file;
    this.reading = reading;
  }

  /** A picture file. */
  public static Picture of(Path file) {
    return new Picture(file.toString(), file, () -> Images.read(file));
  }

  /**
   * A picture on the web.
   *
   * @throws IllegalArgumentException if the address is not one of {@code http} or {@code https}
   */
  public static Picture of(URI address) {
    return of(address, Redirects.PUBLIC);
  }

  /**
   * A picture on the web.
   *
   * @param redirects which are followed
   * @throws IllegalArgumentException if the address is not one of {@code http} or {@code https}
   */
  public static Picture of(URI address, Redirects redirects) {
    WebPicture picture = new WebPicture(address, redirects);
    return new Picture(picture.name(), null, picture::read);
  }

  /** A picture in memory. */
  public static Picture of(String name, Image image) {
    return new Picture(name, null, () -> image);
  }

  /** A desktop picture. */
  public static Picture of(String name, BufferedImage image) {
    return new Picture(name, null, () -> Image.fromBufferedImage(image));
  }

  /** The bytes of a picture file, read once and to their end; the stream is left open. */
  public static Picture of(String name, InputStream bytes) {
    return new Picture(name, null, () -> Images.read(bytes, name));
  }

  /** The same picture, whose reading begins now, on a thread of its own. */
  public Picture readAhead() {
    FutureTask<Image> task = new FutureTask<>(reading::image);
    Thread thread = new Thread(task, "rtm picture");
    thread.setDaemon(true);
    thread.start();
    return new Picture(name, file, () -> await(task));
  }

  private static Image await(FutureTask<Image> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a picture was read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      } else if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      } else if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  /** What messages and results call it: a path, an address without its query, or a given name. */
  public String name() {
    return name;
  }

  /** The last part of its name. */
  public String fileName() {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? "picture" : last;
  }

  /** Where it lies; empty if it is no file. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be had or is no intact picture; the message is one line that
   *     says which, what was found and what to do
   */
  public Image read() throws IOException {
    return reading.image();
  }

  @Override
  public String toString() {
    return name;
  }

  private interface Reading {
    Image image() throws IOException;
  }
}
