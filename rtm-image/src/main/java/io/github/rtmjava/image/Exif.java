package io.github.rtmjava.image;

/** The orientation tag of EXIF data, which is a small TIFF file. */
final class Exif {
  static final int UPRIGHT = 1;
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY = 12;

  private Exif() {}

  /** Orientation 1 to 8; {@link #UPRIGHT} where the data is silent or garbage. */
  static int orientation(Bytes tiff) {
    try {
      if (!tiff.has(0, "II") && !tiff.has(0, "MM")) {
        return UPRIGHT;
      }
      Bytes bytes = tiff.has(0, "II") ? tiff.littleEndian() : tiff;
      long directory = bytes.u32(4);
      int entries = bytes.u16(directory);
      for (int i = 0; i < entries; i++) {
        long entry = directory + 2 + (long) i * ENTRY;
        if (bytes.u16(entry) == ORIENTATION) {
          return valid(bytes.u16(entry + 8));
        }
      }
      return UPRIGHT;
    } catch (Bytes.EndException e) {
      return UPRIGHT;
    }
  }

  private static int valid(int orientation) {
    return orientation >= UPRIGHT && orientation <= 8 ? orientation : UPRIGHT;
  }
}
