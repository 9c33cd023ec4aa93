package io.github.rtmjava.image;

/** Tells the formats apart by their first bytes. */
final class PictureFiles {
  private static final String WANTED = "a JPEG, PNG, WebP, TIFF, BMP or GIF picture";

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
    } catch (Bytes.EndException e) {
      throw new ImageException(
          "%s: expected a complete %s picture, but %s; copy it again from its source"
              .formatted(name, format, e.getMessage()),
          e);
    } catch (PictureFile.DamagedException e) {
      throw new ImageException(
          "%s: expected an intact %s picture, found %s; copy it again from its source"
              .formatted(name, format, e.getMessage()),
          e);
    }
    throw new ImageException(
        "%s: expected %s, found %s; convert it first".formatted(name, WANTED, guess(file)));
  }

  private static String guess(Bytes file) {
    if (file.length() == 0) {
      return "an empty file";
    }
    if (file.has(4, "ftypheic") || file.has(4, "ftypheix") || file.has(4, "ftypmif1")) {
      return "a HEIC picture";
    }
    if (file.has(4, "ftypavif")) {
      return "an AVIF picture";
    }
    if (file.has(4, "ftyp")) {
      return "a video";
    }
    if (file.has(0, "%PDF")) {
      return "a PDF document";
    }
    if (file.has(0, "<")) {
      return "a web page or an SVG drawing";
    }
    return "a file of another kind";
  }
}
