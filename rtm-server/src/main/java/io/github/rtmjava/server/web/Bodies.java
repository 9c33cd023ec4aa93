package io.github.rtmjava.server.web;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Bodies of requests: limited in bytes and in time. */
public final class Bodies {
  private static final int FIRST = 1 << 16;

  /** Of a large body, bytes in a second. */
  private static final long SLOWEST = 1 << 16;

  private static final long DISCARDED = 4 << 20;
  private static final Duration DISCARDING = Duration.ofSeconds(1);
  private static final long DISCARDING_PAUSE_MILLIS = 5;

  private Bodies() {}

  /**
   * Reads the body of a request to its end.
   *
   * @param most bytes
   * @param time that it may take
   * @throws ProblemException if it is too large, does not arrive in time, or breaks off
   */
  public static byte[] read(Context ctx, long most, Duration time) throws IOException {
    long length = requireLength(ctx, most);
    long start = System.nanoTime();
    InputStream in = ctx.bodyInputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length < 0 ? FIRST : (int) length);
    byte[] part = new byte[FIRST];
    for (int n = next(ctx, in, part, start, time); n >= 0; n = next(ctx, in, part, start, time)) {
      out.write(part, 0, n);
      if (out.size() > most) {
        throw tooLarge(most);
      }
    }
    return out.toByteArray();
  }

  /**
   * Writes the body of a request to a file, however large it is.
   *
   * @param most bytes
   * @param time that it may take, and a second for each {@value #SLOWEST} bytes
   * @throws ProblemException if it is too large, empty, does not arrive in time, or breaks off
   * @throws IOException if the file cannot be written
   */
  public static void save(Context ctx, long most, Duration time, Path file) throws IOException {
    requireLength(ctx, most);
    long start = System.nanoTime();
    InputStream in = ctx.bodyInputStream();
    long size = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] part = new byte[FIRST];
      for (int n = next(ctx, in, part, start, time);
          n >= 0;
          n = next(ctx, in, part, start, time.plusSeconds(size / SLOWEST))) {
        size += n;
        if (size > most) {
          throw tooLarge(most);
        }
        out.write(part, 0, n);
      }
    }
    if (size == 0) {
      throw new ProblemException(Reason.BAD_REQUEST, "expected a body, found an empty one");
    }
  }

  /** The length that a request promises; negative if it promises none. */
  private static long requireLength(Context ctx, long most) {
    long length = ctx.req().getContentLengthLong();
    if (length > most) {
      throw tooLarge(most);
    }
    return length;
  }

  /** Waits for bytes, no longer than until the body has had its time. */
  private static int next(Context ctx, InputStream in, byte[] part, long start, Duration time) {
    long end = start + time.toNanos();
    BodyClock.until(ctx.req(), end);
    int read;
    try {
      read = in.read(part);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow(time);
      }
      throw new ProblemException(Reason.BAD_REQUEST, "the body broke off");
    }
    if (read >= 0 && System.nanoTime() - end > 0) {
      throw tooSlow(time);
    }
    return read;
  }

  /**
   * Reads what is left of a body that nobody wants, if that is not much: a client that still sends
   * when the connection is closed never sees the answer. Never waits longer than {@link
   * #DISCARDING} for it.
   */
  static void discard(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length <= 0 || length > DISCARDED) {
      return;
    }
    try {
      ServletInputStream in = request.getInputStream();
      byte[] part = new byte[FIRST];
      long end = System.nanoTime() + DISCARDING.toNanos();
      long left = length;
      while (left > 0 && !in.isFinished() && System.nanoTime() - end < 0) {
        int there = in.available();
        if (there == 0) {
          // A read would wait for as long as the client likes.
          Thread.sleep(DISCARDING_PAUSE_MILLIS);
        } else {
          left -= Math.max(0, in.read(part, 0, Math.min(there, part.length)));
        }
      }
      while (left == 0 && in.read() >= 0) {
        // The end is there with the last byte, and is taken too: the connection goes on.
      }
    } catch (IOException | IllegalStateException e) {
      // It has gone, or somebody has read it in another way.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProblemException tooLarge(long most) {
    return new ProblemException(
        Reason.TOO_LARGE,
        "expected a body of at most %s bytes, found more; send less, or smaller pictures"
            .formatted(most));
  }

  private static ProblemException tooSlow(Duration time) {
    return new ProblemException(
        Reason.UPLOAD_TOO_SLOW,
        "expected the body within %s s, found that it takes longer".formatted(time.toSeconds()));
  }
}
