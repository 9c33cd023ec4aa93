package io.github.rtmjava.server.load;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;

/**
 * From the bytes of a stranger's picture to its pixels.
 *
 * @param most pixels, by the header, which is looked at before anything is decoded
 */
public record PictureDecoder(long most) {
  /**
   * Decodes a picture.
   *
   * @param name what messages call it
   * @param ticket counts its pixels in memory
   * @throws ProblemException if it is none, damaged or too large, or there is no memory for it now
   */
  public Image decode(byte[] data, String name, Ticket ticket) {
    try {
      long pixels = Images.pixels(data, name);
      if (pixels > most) {
        throw new ProblemException(
            Reason.TOO_LARGE,
            "%s: expected a picture of at most %s pixels, found %s; scale it down first"
                .formatted(name, most, pixels));
      }
      ticket.resize(data.length + pixels * Image.CHANNELS);
      long from = System.nanoTime();
      Image image = Images.decode(data, name);
      ticket.decoded(System.nanoTime() - from);
      return image;
    } catch (IOException e) {
      throw new ProblemException(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }
}
