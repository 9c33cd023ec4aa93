package io.github.rtmjava.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The compressed pixels of a PNG file: whether they are all there and right. */
final class PngPixels {
  private static final int BLOCK = 1 << 16;
  private static final int FRAME = 12;
  private static final int HEADER = PngFile.SIGNATURE_LENGTH + FRAME + 13;
  private static final int IHDR = 16;
  private static final int IDAT = 0x49444154;

  /** Bytes before and behind the deflated data of a stream. */
  private static final int ZLIB_HEADER = 2;

  private static final int ZLIB_SUM = 4;

  /** First column and row of each pass of an interlaced file, and the steps from there. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private PngPixels() {}

  /**
   * Puts right a file whose chunks are all complete, by inflating its pixels.
   *
   * @param sumNeeded whether their own check sum has to show that they are right; otherwise it may
   *     be missing
   */
  static PictureFile.Mending mending(boolean sumNeeded) {
    return png -> {
      ByteBuffer file = ByteBuffer.wrap(png);
      ByteArrayOutputStream pixels = new ByteArrayOutputStream(png.length);
      ByteArrayOutputStream mended = new ByteArrayOutputStream(png.length);
      mended.write(png, 0, HEADER);
      for (int at = HEADER; at < png.length; at += file.getInt(at) + FRAME) {
        if (file.getInt(at + 4) == IDAT) {
          pixels.write(png, at + 8, file.getInt(at));
        } else if (file.getInt(at) > 0) {
          mended.write(png, at, file.getInt(at) + FRAME);
        }
      }
      byte[] stream = whole(pixels.toByteArray(), size(file), sumNeeded);
      if (stream == null) {
        return null;
      }
      PngFile.write(mended, "IDAT", stream, 0, stream.length);
      PngFile.write(mended, "IEND", stream, 0, 0);
      return mended.toByteArray();
    };
  }

  /** A stream with its check sum; null where it does not hold so many bytes. */
  private static byte @Nullable [] whole(byte[] stream, long needed, boolean sumNeeded) {
    if (stream.length <= ZLIB_HEADER) {
      return null;
    }
    Adler32 sum = new Adler32();
    byte[] block = new byte[BLOCK];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stream, ZLIB_HEADER, stream.length - ZLIB_HEADER);
      int count = inflater.inflate(block);
      while (count > 0 && inflater.getBytesWritten() < needed + BLOCK) {
        sum.update(block, 0, count);
        count = inflater.inflate(block);
      }
      int end = ZLIB_HEADER + (int) inflater.getBytesRead();
      byte[] whole = Arrays.copyOf(stream, end + ZLIB_SUM);
      ByteBuffer.wrap(whole).putInt(end, (int) sum.getValue());
      int stated = Math.min(ZLIB_SUM, stream.length - end);
      return inflater.finished()
              && inflater.getBytesWritten() >= needed
              && (stated == ZLIB_SUM || !sumNeeded)
              && Arrays.equals(stream, end, end + stated, whole, end, end + stated)
          ? whole
          : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /** Bytes of all rows with the filter's byte before each. */
  private static long size(ByteBuffer file) {
    long width = file.getInt(IHDR) & 0xffffffffL;
    long height = file.getInt(IHDR + 4) & 0xffffffffL;
    int bits = file.get(IHDR + 8) * channels(file.get(IHDR + 9));
    if (file.get(IHDR + 12) == 0) {
      return rows(width, height, bits);
    }
    long size = 0;
    for (int[] pass : PASSES) {
      size +=
          rows(
              (width - pass[0] + pass[2] - 1) / pass[2],
              (height - pass[1] + pass[3] - 1) / pass[3],
              bits);
    }
    return size;
  }

  private static long rows(long width, long height, int bits) {
    return width <= 0 || height <= 0 ? 0 : height * (1 + (width * bits + 7) / 8);
  }

  private static int channels(int colourType) {
    return switch (colourType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }
}
