package io.github.rtmjava.image;

/**
 * What a picture file says of itself before anything is decoded.
 *
 * @param format its name, for messages
 * @param width pixels as stored, before the orientation is applied
 * @param height pixels as stored
 * @param orientation EXIF orientation, 1 to 8
 * @param cmyk whether it holds four inks without Adobe's marker, which turns them round
 * @param data what the decoder is to be given: the file without the metadata it has no need of
 */
record PictureFile(
    String format, long width, long height, int orientation, boolean cmyk, byte[] data) {

  PictureFile(String format, long width, long height, int orientation, byte[] data) {
    this(format, width, height, orientation, false, data);
  }

  /** A file that is of the format it claims to be, but broken. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String found) {
      super(found);
    }
  }
}
