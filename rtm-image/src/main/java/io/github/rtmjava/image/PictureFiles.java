package io.github.rtmjava.image;

import org.jspecify.annotations.Nullable;

/** Tells the formats apart by their first bytes. */
final class PictureFiles {
  private static final String WANTED = "a JPEG, PNG, WebP, TIFF, BMP or GIF picture";

  private static final String INTACT = "expected an intact %s picture, found %s";

  private PictureFiles() {}

  /** Reads the headers of a picture file; {@code name} goes into messages. */
  static PictureFile read(byte[] data, String name) throws ImageException {
    Bytes file = Bytes.of(data);
    String format = "";
    try {
      if (JpegFile.claims(file)) {
        format = "JPEG";
        return JpegFile.read(data);
      }
      if (PngFile.claims(file)) {
        format = "PNG";
        return PngFile.read(data);
      }
      if (WebpFile.claims(file)) {
        format = "WebP";
        return WebpFile.read(data);
      }
      if (TiffFile.claims(file)) {
        format = "TIFF";
        return TiffFile.read(data);
      }
      if (BmpFile.claims(file)) {
        format = "BMP";
        return BmpFile.read(data);
      }
      if (GifFile.claims(file)) {
        format = "GIF";
        return GifFile.read(data);
      }
    } catch (Bytes.EndException | PictureFile.DamagedException e) {
      throw damaged(name, format, e);
    } catch (PictureFile.UnreadException e) {
      throw unread(name, format, String.valueOf(e.getMessage()), e);
    }
    throw new ImageException(
        "%s: expected %s, found %s; convert it first"
            .formatted(name, WANTED, FileKind.of(data).description()));
  }

  /** A file that is cut short or broken. */
  static ImageException damaged(String name, String format, Exception e) {
    String wrong =
        e instanceof Bytes.EndException ? "expected a complete %s picture, but %s" : INTACT;
    return new ImageException(
        "%s: %s; copy it again from its source"
            .formatted(name, wrong.formatted(format, e.getMessage())),
        e);
  }

  /** A sound file of a kind that is not read. */
  static ImageException unread(String name, String format, String kind, @Nullable Exception e) {
    String message =
        "%s: a %s %s is not read; convert it to 8 or 16 bits, or to a PNG, first"
            .formatted(name, format, kind);
    return e == null ? new ImageException(message) : new ImageException(message, e);
  }
}
