package io.github.rtmjava.image;

/** Reads a GIF file up to the end of its first picture. */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;
  private static final int PICTURE_HEADER = 10;

  private GifFile() {}

  static boolean claims(Bytes file) {
    return file.has(0, "GIF87a") || file.has(0, "GIF89a");
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    Bytes file = Bytes.of(data).littleEndian();
    int at = HEADER + colours(file.u8(10));
    while (file.u8(at) == EXTENSION) {
      at = blocksEnd(file, at + 2);
    }
    if (file.u8(at) != PICTURE) {
      throw new PictureFile.DamagedException("no picture in it");
    }
    at += PICTURE_HEADER + colours(file.u8(at + 9));
    blocksEnd(file, at + 1);
    return new PictureFile("GIF", file.u16(6), file.u16(8), Exif.UPRIGHT, data);
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int blocksEnd(Bytes file, int from) throws Bytes.EndException {
    int at = from;
    while (file.u8(at) != 0) {
      at += file.u8(at) + 1;
    }
    return at + 1;
  }
}
