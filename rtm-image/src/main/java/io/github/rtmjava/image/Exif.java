package io.github.rtmjava.image;

/** The orientation tag of EXIF data, which is a small TIFF file. */
final class Exif {
  static final int UPRIGHT = 1;
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY = 12;
  private static final int LONG = 4;

  /** What stands before the data in JPEG files; some programs write it in PNG and WebP as well. */
  private static final String PREFIX = "Exif\0";

  private Exif() {}

  /** Whether a segment of a JPEG file holds EXIF data. */
  static boolean claims(Bytes segment) {
    return segment.has(0, PREFIX);
  }

  /**
   * Orientation 1 to 8; {@link #UPRIGHT} where the data is silent or garbage.
   *
   * @param data in whatever byte order, which it states itself
   */
  static int orientation(Bytes data) {
    try {
      int skipped = claims(data) ? PREFIX.length() + 1 : 0;
      Bytes tiff = data.slice(skipped, data.length() - skipped);
      if (!tiff.has(0, "II") && !tiff.has(0, "MM")) {
        return UPRIGHT;
      }
      Bytes bytes = tiff.has(0, "II") ? tiff.littleEndian() : tiff.bigEndian();
      long directory = bytes.u32(4);
      int entries = bytes.u16(directory);
      for (int i = 0; i < entries; i++) {
        long entry = directory + 2 + (long) i * ENTRY;
        if (bytes.u16(entry) == ORIENTATION) {
          boolean wide = bytes.u16(entry + 2) == LONG;
          return valid(wide ? bytes.u32(entry + 8) : bytes.u16(entry + 8));
        }
      }
      return UPRIGHT;
    } catch (Bytes.EndException e) {
      return UPRIGHT;
    }
  }

  private static int valid(long orientation) {
    return orientation >= UPRIGHT && orientation <= 8 ? (int) orientation : UPRIGHT;
  }
}
