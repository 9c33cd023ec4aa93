package io.github.rtmjava.image;

import io.github.rtmjava.files.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Pictures and videos that this program has drawn, which carry a mark: they are no photographs, and
 * nobody wants people to be looked for in them once more. The mark of a PNG is a text under the
 * keyword {@code Software}, that of an MP4 its comment.
 */
public final class Drawings {
  /** The comment of a video that was drawn. */
  public static final String COMMENT = "drawn by rtm-java";

  private static final byte[] TEXT = "Software\0rtm-java".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** A PNG's signature and its first chunk, which describes the picture. */
  private static final int HEAD = 8 + 4 + 4 + 13 + 4;

  /** More parts before the mark than any file of ours has. */
  private static final int MOST_PARTS = 256;

  private static final int MOST_COMMENTS = 1 << 20;

  private Drawings() {}

  /**
   * Writes a drawing as PNG; it appears complete or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Image image, Path file) throws IOException {
    byte[] png = png(image);
    NewFile.write(file, out -> out.write(png));
  }

  /** A drawing as a PNG file with the mark. */
  public static byte[] png(Image image) throws ImageException {
    return marked(Images.png(image));
  }

  /** A PNG file with the mark. */
  public static byte[] marked(byte[] png) {
    ByteBuffer chunk = ByteBuffer.allocate(4 + 4 + TEXT.length + 4);
    chunk.putInt(TEXT.length).put(ascii("tEXt")).put(TEXT);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + TEXT.length);
    chunk.putInt((int) sum.getValue());
    ByteArrayOutputStream out = new ByteArrayOutputStream(png.length + chunk.capacity());
    out.write(png, 0, HEAD);
    out.writeBytes(chunk.array());
    out.write(png, HEAD, png.length - HEAD);
    return out.toByteArray();
  }

  /** Whether a file carries the mark; no file of another kind does, nor one that cannot be read. */
  public static boolean isOne(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] start = read(channel, 0, 8);
      return Arrays.equals(start, PNG)
          ? inPng(channel)
          : "ftyp".equals(text(start, 4)) && inMp4(channel);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean inPng(FileChannel channel) throws IOException {
    long at = PNG.length;
    for (int i = 0; i < MOST_PARTS; i++) {
      byte[] head = read(channel, at, 8);
      if (head.length < 8 || text(head, 4).equals("IDAT")) {
        return false;
      }
      int length = ByteBuffer.wrap(head).getInt();
      if (text(head, 4).equals("tEXt")
          && length == TEXT.length
          && Arrays.equals(read(channel, at + 8, length), TEXT)) {
        return true;
      }
      at += 12 + (length & 0xffffffffL);
    }
    return false;
  }

  private static boolean inMp4(FileChannel channel) throws IOException {
    long[] movie = box(channel, "moov", 0, channel.size());
    long[] user = box(channel, "udta", movie[0], movie[1]);
    int size = (int) Math.min(MOST_COMMENTS, user[1] - user[0]);
    return new String(read(channel, user[0], size), StandardCharsets.ISO_8859_1).contains(COMMENT);
  }

  /** Where the content of a box begins and ends; an empty range if there is none. */
  private static long[] box(FileChannel channel, String type, long from, long to)
      throws IOException {
    long at = from;
    for (int i = 0; i < MOST_PARTS && at + 8 <= to; i++) {
      byte[] head = read(channel, at, 16);
      if (head.length < 8) {
        break;
      }
      long size = ByteBuffer.wrap(head).getInt() & 0xffffffffL;
      int begin = 8;
      if (size == 1 && head.length == 16) {
        size = ByteBuffer.wrap(head, 8, 8).getLong();
        begin = 16;
      } else if (size == 0) {
        size = to - at;
      }
      if (size < begin || size > to - at) {
        break;
      }
      if (text(head, 4).equals(type)) {
        return new long[] {at + begin, at + size};
      }
      at += size;
    }
    return new long[] {to, to};
  }

  private static byte[] read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int more = 0;
    while (bytes.hasRemaining() && more >= 0) {
      more = channel.read(bytes, at + bytes.position());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static String text(byte[] bytes, int from) {
    return bytes.length < from + 4 ? "" : new String(bytes, from, 4, StandardCharsets.ISO_8859_1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
