package io.github.rtmjava.image;

import java.util.Arrays;

/** Reads the header of a BMP file and checks that uncompressed pixels are all there. */
final class BmpFile {
  private static final int CORE_HEADER = 12;
  private static final int RGB = 0;
  private static final int BIT_FIELDS = 3;

  private BmpFile() {}

  static boolean claims(Bytes file) {
    return file.has(0, "BM");
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    Bytes file = Bytes.of(data).littleEndian();
    long pixels = file.u32(10);
    boolean core = file.u32(14) == CORE_HEADER;
    long width = core ? file.u16(18) : (int) file.u32(18);
    long height = core ? file.u16(20) : Math.abs((long) (int) file.u32(22));
    int bits = file.u16(core ? 24 : 28);
    long compression = core ? RGB : file.u32(30);
    if (width < 1 || height < 1) {
      throw new PictureFile.DamagedException("a size of %sx%s".formatted(width, height));
    }
    if (compression == RGB || compression == BIT_FIELDS) {
      long row = (width * bits + 31) / 32 * 4;
      long filled = (width * bits + 7) / 8;
      file.require(pixels, filled);
      file.require(pixels, row * (height - 1) + filled);
      if (file.length() < pixels + row * height) { // what fills up the last row holds no pixel
        return new PictureFile(
            "BMP", width, height, Exif.UPRIGHT, Arrays.copyOf(data, (int) (pixels + row * height)));
      }
    }
    return new PictureFile("BMP", width, height, Exif.UPRIGHT, data);
  }
}
