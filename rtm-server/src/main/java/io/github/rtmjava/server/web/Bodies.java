package io.github.rtmjava.server.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Bodies of requests: limited in bytes and in time. */
public final class Bodies {
  private static final int FIRST = 1 << 16;

  private Bodies() {}

  /**
   * Reads a body to its end.
   *
   * @param length that the request promises; negative if it promises none
   * @param most bytes
   * @param time that it may take
   * @throws ProblemException if it is too large, does not arrive in time, or breaks off
   */
  public static byte[] read(InputStream in, long length, long most, Duration time) {
    if (length > most) {
      throw tooLarge(most);
    }
    long end = System.nanoTime() + time.toNanos();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length < 0 ? FIRST : (int) length);
    byte[] part = new byte[FIRST];
    try {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        out.write(part, 0, n);
        if (out.size() > most) {
          throw tooLarge(most);
        }
        if (System.nanoTime() - end > 0) {
          throw tooSlow(time);
        }
      }
    } catch (EOFException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "the body broke off");
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow(time);
      }
      throw new ProblemException(Reason.BAD_REQUEST, "the body broke off");
    }
    return out.toByteArray();
  }

  private static ProblemException tooLarge(long most) {
    return new ProblemException(
        Reason.TOO_LARGE,
        "expected a body of at most %s bytes, found more; scale the pictures down, or send fewer"
            .formatted(most));
  }

  private static ProblemException tooSlow(Duration time) {
    return new ProblemException(
        Reason.UPLOAD_TOO_SLOW,
        "expected the body within %s s, found that it takes longer".formatted(time.toSeconds()));
  }
}
