package io.github.rtmjava.image;

import java.util.Arrays;

/** Reads a GIF file up to the end of its first picture, and drops what follows. */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;
  private static final int TRAILER = 0x3b;
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
    byte[] first = Arrays.copyOf(data, pixelsEnd(file, at + 1) + 2);
    first[first.length - 2] = 0; // the empty block
    first[first.length - 1] = TRAILER;
    return new PictureFile("GIF", file.u16(6), file.u16(8), Exif.UPRIGHT, first);
  }

  /** Where the empty block stands that ends a picture, or would stand if it were there. */
  private static int pixelsEnd(Bytes file, int from) throws Bytes.EndException {
    try {
      return blocksEnd(file, from) - 1;
    } catch (Bytes.EndException e) {
      if (endsWithBlock(file, from)) {
        return file.length();
      }
      throw e;
    }
  }

  /** Whether at least one block is there, and the file ends where the next one would begin. */
  private static boolean endsWithBlock(Bytes file, int from) throws Bytes.EndException {
    int at = from;
    while (at < file.length()) {
      at += file.u8(at) + 1;
    }
    return at == file.length() && at > from;
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
