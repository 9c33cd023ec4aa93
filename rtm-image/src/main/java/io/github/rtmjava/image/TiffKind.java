package io.github.rtmjava.image;

import java.util.Map;

/**
 * How a TIFF file stores its pixels.
 *
 * @param bits per value
 * @param compression number of the method
 * @param colours number of the photometric interpretation
 * @param sampleFormat 1 for whole numbers without sign
 * @param preview whether the picture is a small one of another
 */
record TiffKind(long bits, long compression, long colours, long sampleFormat, boolean preview) {
  /** What is meant where nothing is said. */
  static final TiffKind USUAL = new TiffKind(1, 1, 1, 1, false);

  private static final int UNSIGNED = 1;
  private static final int SIGNED = 2;
  private static final int FLOAT = 3;
  private static final int UNDEFINED = 4;

  private static final int WHITE_IS_ZERO = 0;
  private static final int RGB = 2;

  /** Methods that the decoder knows for certain: none, fax, LZW, JPEG, Deflate, PackBits. */
  private static final Map<Long, String> METHODS =
      Map.ofEntries(
          Map.entry(1L, ""),
          Map.entry(2L, ""),
          Map.entry(3L, ""),
          Map.entry(4L, ""),
          Map.entry(5L, ""),
          Map.entry(6L, "the old kind of JPEG"),
          Map.entry(7L, ""),
          Map.entry(8L, ""),
          Map.entry(32773L, ""),
          Map.entry(32946L, ""),
          Map.entry(34712L, "JPEG 2000"),
          Map.entry(34887L, "LERC"),
          Map.entry(34892L, "lossy JPEG"),
          Map.entry(34925L, "LZMA"),
          Map.entry(50000L, "Zstandard"),
          Map.entry(50001L, "WebP"),
          Map.entry(50002L, "JPEG XL"));

  TiffKind withBits(long value) {
    return new TiffKind(value, compression, colours, sampleFormat, preview);
  }

  TiffKind withCompression(long value) {
    return new TiffKind(bits, value, colours, sampleFormat, preview);
  }

  TiffKind withColours(long value) {
    return new TiffKind(bits, compression, value, sampleFormat, preview);
  }

  TiffKind withSampleFormat(long value) {
    return new TiffKind(bits, compression, colours, value, preview);
  }

  TiffKind withPreview(boolean value) {
    return new TiffKind(bits, compression, colours, sampleFormat, value);
  }

  /**
   * Refuses kinds of which the decoder would make a wrong picture.
   *
   * @throws PictureFile.UnreadException for a kind that is not read
   */
  void requireReadable() throws PictureFile.UnreadException {
    if (sampleFormat == FLOAT) {
      throw new PictureFile.UnreadException("of %s-bit floats".formatted(bits));
    } else if (sampleFormat == SIGNED) {
      throw new PictureFile.UnreadException("of %s-bit numbers with a sign".formatted(bits));
    } else if (sampleFormat != UNSIGNED && sampleFormat != UNDEFINED) {
      throw new PictureFile.UnreadException("of complex numbers");
    } else if (preview) {
      throw new PictureFile.UnreadException(
          "that begins with a preview, as a raw photograph does,");
    } else if (bits > Byte.SIZE && (colours == WHITE_IS_ZERO || colours > RGB)) {
      throw new PictureFile.UnreadException(
          "of %s bits a value that is neither grey nor RGB".formatted(bits));
    }
  }

  /** What the decoder may not know; empty for nothing. */
  String rare() {
    String method = METHODS.getOrDefault(compression, "the method " + compression);
    if (!method.isEmpty()) {
      return "compressed with " + method;
    }
    return bits == 1 || bits == 4 || bits == 8 || bits == 16
        ? ""
        : "of %s bits per value".formatted(bits);
  }
}
