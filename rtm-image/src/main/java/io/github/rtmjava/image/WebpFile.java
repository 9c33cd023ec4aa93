package io.github.rtmjava.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the header of a WebP file and checks that its pixels are all there. */
final class WebpFile {
  private static final int CHUNKS = 12;

  private final Bytes file;
  private long width;
  private long height;
  private boolean pixels;
  private int orientation = Exif.UPRIGHT;

  private WebpFile(Bytes file) {
    this.file = file;
  }

  static boolean claims(Bytes file) {
    return file.has(0, "RIFF") && file.has(8, "WEBP");
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    return new WebpFile(Bytes.of(data).littleEndian()).readChunks(data);
  }

  private PictureFile readChunks(byte[] data)
      throws Bytes.EndException, PictureFile.DamagedException {
    long end = file.u32(4) + 8;
    long at = CHUNKS;
    while (at + 8 <= end) {
      try {
        at = chunk((int) at);
      } catch (Bytes.EndException e) {
        if (!pixels) {
          throw e;
        }
        break; // metadata that is cut short
      }
    }
    if (width == 0 || height == 0) {
      throw new PictureFile.DamagedException("no picture in it");
    }
    if (!pixels) {
      file.require(0, end);
    }
    boolean fits = at >= end && at <= data.length;
    return new PictureFile("WebP", width, height, orientation, fits ? data : cut(data, at));
  }

  /** Reads the chunk that begins here; returns where the next one does. */
  private long chunk(int at) throws Bytes.EndException {
    long length = file.u32(at + 4L);
    Bytes body = file.slice(at + 8L, length);
    if (file.has(at, "VP8X")) {
      width = u24(body, 4) + 1;
      height = u24(body, 7) + 1;
    } else if (file.has(at, "VP8 ")) {
      pixels = true;
      if (width == 0) {
        width = body.u16(6) & 0x3fff;
        height = body.u16(8) & 0x3fff;
      }
    } else if (file.has(at, "VP8L")) {
      pixels = true;
      if (width == 0) {
        long bits = body.u32(1);
        width = (bits & 0x3fff) + 1;
        height = (bits >> 14 & 0x3fff) + 1;
      }
    } else if (file.has(at, "ANMF")) {
      pixels = true;
    } else if (file.has(at, "EXIF")) {
      orientation = Exif.orientation(body);
    }
    return at + 8 + length + (length & 1);
  }

  /** The whole chunks up to here, under a header that promises no more. */
  private static byte[] cut(byte[] data, long at) {
    byte[] whole = Arrays.copyOf(data, (int) at);
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) at - 8);
    return whole;
  }

  private static long u24(Bytes body, int at) throws Bytes.EndException {
    return body.u16(at) | (long) body.u8(at + 2) << 16;
  }
}
