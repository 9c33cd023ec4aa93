package io.github.rtmjava.server.stream;

import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A frame as a client sends it: eight bytes of time stamp, a little-endian float64 in milliseconds,
 * and a picture.
 *
 * @param stamp milliseconds of the client's clock; finite
 * @param picture bytes of a picture file
 * @param arrival {@link System#nanoTime} when it was there
 */
record FrameMessage(double stamp, byte[] picture, long arrival) {

  /**
   * Takes a message apart.
   *
   * @throws ProblemException if it is too short, or its stamp is no number
   */
  static FrameMessage of(ByteBuffer message) {
    long arrival = System.nanoTime();
    if (message.remaining() <= Double.BYTES) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected 8 bytes of time stamp and a picture as a binary message, found %s bytes"
              .formatted(message.remaining()));
    }
    double stamp = message.order(ByteOrder.LITTLE_ENDIAN).getDouble();
    if (!Double.isFinite(stamp)) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected a finite float64 in milliseconds as the first 8 bytes, found " + stamp);
    }
    byte[] picture = new byte[message.remaining()];
    message.get(picture);
    return new FrameMessage(stamp, picture, arrival);
  }
}
