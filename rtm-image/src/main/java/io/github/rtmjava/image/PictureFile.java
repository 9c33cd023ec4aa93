package io.github.rtmjava.image;

import org.jspecify.annotations.Nullable;

/**
 * What a picture file says of itself before anything is decoded.
 *
 * @param format its name, for messages
 * @param width pixels as stored, before the orientation is applied
 * @param height pixels as stored
 * @param orientation EXIF orientation, 1 to 8
 * @param cmyk whether it holds four inks without Adobe's marker, which turns them round
 * @param rare what about it the decoder may not know, as {@code of 12 bits per value}; empty for
 *     nothing
 * @param doubt what is wrong around the pixels, which may be all there nevertheless; null for
 *     nothing
 * @param data what the decoder is to be given: the file without the metadata it has no need of
 */
record PictureFile(
    String format,
    long width,
    long height,
    int orientation,
    boolean cmyk,
    String rare,
    @Nullable Doubt doubt,
    byte[] data) {

  PictureFile(String format, long width, long height, int orientation, byte[] data) {
    this(format, width, height, orientation, false, "", null, data);
  }

  /**
   * Something that is wrong with a file.
   *
   * @param cause what to say if pixels are missing
   * @param mending makes of {@link #data} what the decoder takes, by decoding the pixels; null
   *     where they are not all there
   */
  record Doubt(Exception cause, Mending mending) {}

  /** Puts what is around the pixels right. */
  interface Mending {
    byte @Nullable [] apply(byte[] data);
  }

  /** A file that is of the format it claims to be, but broken. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String found) {
      super(found);
    }
  }

  /** A sound file of a kind that is not read. */
  static final class UnreadException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A kind.
     *
     * @param kind goes on where a message said the format: {@code of 32-bit floats}
     */
    UnreadException(String kind) {
      super(kind);
    }
  }
}
