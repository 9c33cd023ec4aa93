package io.github.rtmjava.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Mutated picture files by number: the same seed and number give the same file. */
final class PictureCases {
  private static final int MAX_SIZE = 1 << 16;
  private static final long[] EDGES = {
    0,
    1,
    2,
    7,
    8,
    0x7f,
    0x80,
    0xff,
    0x100,
    5000,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  private final long seed;
  private final List<byte[]> pngs = new ArrayList<>();
  private final List<byte[]> jpegs = new ArrayList<>();
  private final List<byte[]> tiffs = new ArrayList<>();
  private final List<byte[]> all = new ArrayList<>();

  PictureCases(long seed) {
    this.seed = seed;
    Image picture = Samples.picture();
    BufferedImage deep = new BufferedImage(9, 7, BufferedImage.TYPE_USHORT_GRAY);
    BufferedImage indexed = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_INDEXED);
    BufferedImage clear = new BufferedImage(9, 7, BufferedImage.TYPE_INT_ARGB);
    byte[] profile = Samples.latin1("x\0\0garbage");
    pngs.add(Samples.file("png"));
    pngs.add(Samples.withChunk(Samples.file("png"), "iCCP", profile));
    for (BufferedImage image : List.of(deep, indexed, clear)) {
      pngs.add(Samples.encode(image, "png"));
    }
    jpegs.add(Samples.file("jpg"));
    jpegs.add(Samples.inks(10, 20, 30, 40));
    jpegs.add(
        Samples.withSegment(Samples.file("jpg"), 0xe1, Samples.exif(6, ByteOrder.LITTLE_ENDIAN)));
    jpegs.add(
        Samples.withSegment(Samples.file("jpg"), 0xe2, Samples.latin1("ICC_PROFILE\0\1\1garbage")));
    tiffs.add(Samples.tiff(picture, 1));
    tiffs.add(Samples.tiff(picture, 6));
    for (BufferedImage image : List.of(deep, indexed)) {
      tiffs.add(Samples.encode(image, "tiff"));
    }
    all.addAll(pngs);
    all.addAll(jpegs);
    all.addAll(tiffs);
    all.add(Samples.file("bmp"));
    all.add(Samples.encode(indexed, "bmp"));
    all.add(Samples.file("gif"));
    all.add(Samples.animation(Color.RED, Color.BLUE));
    all.add(Samples.file("webp"));
    all.add(Samples.webp(picture, 6));
  }

  byte[] make(long number) {
    SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9e3779b97f4a7c15L));
    return switch (random.nextInt(6)) {
      case 0, 1 -> png(pick(pngs, random), random);
      case 2 -> jpeg(pick(jpegs, random), random);
      case 3 -> tiff(pick(tiffs, random), random);
      default -> damage(pick(all, random), random);
    };
  }

  private static byte[] pick(List<byte[]> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Chunks left out, doubled, damaged, or with other pixels; the check sums put right. */
  private byte[] png(byte[] file, SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 8);
    int at = 8;
    while (at < file.length) {
      int length = ByteBuffer.wrap(file).getInt(at);
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      byte[] body = Arrays.copyOfRange(file, at + 8, at + 8 + length);
      at += 12 + length;
      int fate = random.nextInt(6);
      if (type.equals("IDAT") && fate == 0) {
        body = pixels(random);
      } else if (fate < 2 && body.length > 0) {
        body = type.equals("IHDR") ? header(body, random) : damage(body, random);
      }
      for (int times = fate == 2 ? random.nextInt(3) : 1; times > 0; times--) {
        chunk(out, type, body);
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
    byte[] name = Samples.latin1(type);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
    out.writeBytes(name);
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] header(byte[] header, SplittableRandom random) {
    byte[] out = header.clone();
    switch (random.nextInt(4)) {
      case 0 -> number(out, 0, 4, edge(random), true);
      case 1 -> number(out, 4, 4, edge(random), true);
      case 2 -> out[8] = (byte) (1 << random.nextInt(5));
      default -> out[9 + random.nextInt(4)] = (byte) random.nextInt(8);
    }
    return out;
  }

  /** A sound stream of rows that the header knows nothing of. */
  private static byte[] pixels(SplittableRandom random) {
    byte[] rows = new byte[1 << random.nextInt(15)];
    if (random.nextBoolean()) {
      random.nextBytes(rows);
    }
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    byte[] packed = new byte[rows.length + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  /** Damages the segments before the data, which say how to read it. */
  private byte[] jpeg(byte[] file, SplittableRandom random) {
    byte[] out = file.clone();
    int headers = Samples.indexOf(out, 0xff, 0xda) + 14;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(headers);
      if (random.nextBoolean()) {
        out[at] = (byte) random.nextInt(256);
      } else {
        number(out, at, 2, edge(random), true);
      }
    }
    return random.nextInt(4) == 0 ? damage(out, random) : out;
  }

  /** Makes fields of the directory lie. */
  private byte[] tiff(byte[] file, SplittableRandom random) {
    byte[] out = file.clone();
    boolean big = out[0] == 'M';
    ByteBuffer bytes =
        ByteBuffer.wrap(out).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int directory = bytes.getInt(4);
    int entries = bytes.getShort(directory);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int entry = directory + 2 + 12 * random.nextInt(entries);
      switch (random.nextInt(4)) {
        case 0 -> number(out, entry, 2, 254 + random.nextInt(100), big);
        case 1 -> number(out, entry + 2, 2, random.nextInt(20), big);
        case 2 -> number(out, entry + 4, 4, edge(random), big);
        default -> number(out, entry + 8, 4, edge(random), big);
      }
    }
    return random.nextInt(4) == 0 ? damage(out, random) : out;
  }

  /** A few random changes. */
  private byte[] damage(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> number(bytes, at, 1 << random.nextInt(4), edge(random), random.nextBoolean());
        case 4 -> {
          byte[] other = pick(all, random);
          int from = random.nextInt(other.length);
          int length = Math.min(other.length - from, Math.max(0, MAX_SIZE - at));
          bytes = Arrays.copyOf(bytes, at + length);
          System.arraycopy(other, from, bytes, at, length);
        }
        default -> {
          int from = random.nextInt(bytes.length);
          byte[] tail = Arrays.copyOfRange(bytes, from, bytes.length);
          int length = Math.min(tail.length, Math.max(0, MAX_SIZE - at));
          bytes = Arrays.copyOf(bytes, at + length);
          System.arraycopy(tail, 0, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static long edge(SplittableRandom random) {
    return random.nextInt(3) == 0 ? random.nextInt(10_000) : EDGES[random.nextInt(EDGES.length)];
  }

  private static void number(byte[] bytes, int at, int width, long value, boolean bigEndian) {
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * (bigEndian ? width - 1 - i : i)));
    }
  }
}
