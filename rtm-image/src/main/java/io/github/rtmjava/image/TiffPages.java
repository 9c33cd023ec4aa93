package io.github.rtmjava.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Counts the pages of a TIFF file. */
final class TiffPages {
  private static final int BIG = 43;
  private static final int MOST = 10_000;

  private final RandomAccessFile file;
  private final boolean little;

  private TiffPages(RandomAccessFile file, boolean little) {
    this.file = file;
    this.little = little;
  }

  /**
   * Follows the chain of directories; a damaged one counts up to the damage.
   *
   * @throws IOException if the file cannot be read
   */
  static int in(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return new TiffPages(file, file.readUnsignedShort() == 0x4949).count();
    }
  }

  private int count() throws IOException {
    int pages = 0;
    try {
      boolean big = number(2) == BIG;
      file.seek(big ? 8 : 4);
      long at = number(big ? 8 : 4);
      while (at > 0 && at < file.length() && pages < MOST) {
        file.seek(at);
        long entries = number(big ? 8 : 2);
        if (entries < 0 || entries > file.length()) {
          break;
        }
        pages++;
        file.seek(at + (big ? 8 + entries * 20 : 2 + entries * 12));
        at = number(big ? 8 : 4);
      }
    } catch (EOFException e) {
      return pages;
    }
    return pages;
  }

  private long number(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      long b = file.readUnsignedByte();
      value = little ? value | b << (8 * i) : value << 8 | b;
    }
    return value;
  }
}
