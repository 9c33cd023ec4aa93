package io.github.rtmjava.image;

/** Reads the header of a WebP file and checks that its chunks are all there. */
final class WebpFile {
  private static final int CHUNKS = 12;

  private WebpFile() {}

  static boolean claims(Bytes file) {
    return file.has(0, "RIFF") && file.has(8, "WEBP");
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    Bytes file = Bytes.of(data).littleEndian();
    long end = file.u32(4) + 8;
    file.require(0, end);
    long width = 0;
    long height = 0;
    int orientation = Exif.UPRIGHT;
    for (long at = CHUNKS; at + 8 <= end; ) {
      long length = file.u32(at + 4);
      Bytes body = file.slice(at + 8, length);
      if (file.has((int) at, "VP8X")) {
        width = u24(body, 4) + 1;
        height = u24(body, 7) + 1;
      } else if (file.has((int) at, "VP8 ") && width == 0) {
        width = body.u16(6) & 0x3fff;
        height = body.u16(8) & 0x3fff;
      } else if (file.has((int) at, "VP8L") && width == 0) {
        long bits = body.u32(1);
        width = (bits & 0x3fff) + 1;
        height = (bits >> 14 & 0x3fff) + 1;
      } else if (file.has((int) at, "EXIF")) {
        orientation = Exif.orientation(body.has(0, "Exif\0\0") ? body.slice(6, length - 6) : body);
      }
      at += 8 + length + (length & 1);
    }
    if (width == 0 || height == 0) {
      throw new PictureFile.DamagedException("no picture in it");
    }
    return new PictureFile("WebP", width, height, orientation, data);
  }

  private static long u24(Bytes body, int at) throws Bytes.EndException {
    return body.u16(at) | (long) body.u8(at + 2) << 16;
  }
}
