package io.github.rtmjava.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of a PNG file and drops all but the picture: no text, no colour profile, no
 * frames after the first. Where a check sum of the pixels is wrong or the end is missing, decoding
 * has to show whether the pixels are all there.
 */
final class PngFile {
  static final int SIGNATURE_LENGTH = 8;
  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
  private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT");
  private static final int FRAME = 12;
  private static final int INDEXED = 3;

  private final Bytes file;
  private final byte[] data;
  private final ByteArrayOutputStream kept;
  private int orientation = Exif.UPRIGHT;
  private @Nullable Exception trouble;
  private boolean sumNeeded;

  private PngFile(byte[] data) {
    this.file = Bytes.of(data);
    this.data = data;
    this.kept = new ByteArrayOutputStream(data.length + FRAME);
  }

  static boolean claims(Bytes file) {
    return file.has(0, SIGNATURE);
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    return new PngFile(data).read();
  }

  private PictureFile read() throws Bytes.EndException, PictureFile.DamagedException {
    kept.write(data, 0, SIGNATURE_LENGTH);
    if (!file.has(12, "IHDR")) {
      file.require(0, 33);
      throw new PictureFile.DamagedException("no header");
    }
    long width = file.u32(16);
    long height = file.u32(20);
    chunks();
    keep("IEND", 0, 0);
    return new PictureFile(
        "PNG",
        width,
        height,
        orientation,
        false,
        "",
        trouble == null ? null : new PictureFile.Doubt(trouble, PngPixels.mending(sumNeeded)),
        kept.toByteArray());
  }

  private void chunks() throws Bytes.EndException, PictureFile.DamagedException {
    int at = SIGNATURE_LENGTH;
    while (true) {
      String type;
      int length;
      try {
        long stated = file.u32(at);
        type = name(at + 4);
        length = (int) Math.min(stated, file.length() - at - 8);
        if (!type.equals("IEND")) {
          file.require(at, stated + FRAME);
        }
      } catch (Bytes.EndException e) {
        end(at, e);
        return;
      }
      if (type.equals("IEND")) {
        return;
      }
      chunk(type, at, length);
      at += length + FRAME;
    }
  }

  private void chunk(String type, int at, int length)
      throws Bytes.EndException, PictureFile.DamagedException {
    if (type.equals("eXIf")) {
      orientation = Exif.orientation(file.slice(at + 8L, length));
    }
    if (!KEPT.contains(type)) {
      return;
    }
    if (sum(at, length) == file.u32(at + 8L + length)) {
      keep(type, at + 8, length);
      return;
    }
    PictureFile.DamagedException wrong =
        new PictureFile.DamagedException(
            "a wrong check sum of its %s chunk at byte %s".formatted(type, at));
    if (type.equals("IHDR") || (type.equals("PLTE") && file.u8(25) == INDEXED)) {
      throw wrong;
    } else if (type.equals("IDAT")) { // the pixels have a sum of their own
      trouble = wrong;
      sumNeeded = true;
      keep(type, at + 8, length);
    }
  }

  /** The file ends within what begins here. */
  private void end(int at, Bytes.EndException e) throws Bytes.EndException {
    if (file.has(at + 4, "IDAT")) {
      keep("IDAT", at + 8, (int) Math.min(file.u32(at), file.length() - at - 8));
    } else if (kept.size() <= 33) {
      throw e;
    }
    trouble = trouble == null ? e : trouble;
  }

  private void keep(String type, int from, int length) {
    write(kept, type, data, from, length);
  }

  /** Writes a chunk with this part of the data. */
  static void write(ByteArrayOutputStream out, String type, byte[] data, int from, int length) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data, from, length);
    out.writeBytes(ByteBuffer.allocate(8).putInt(length).put(name).array());
    out.write(data, from, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private long sum(int at, int length) {
    CRC32 sum = new CRC32();
    sum.update(data, at + 4, length + 4);
    return sum.getValue();
  }

  private String name(int at) throws Bytes.EndException {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      name.append((char) file.u8(at + i));
    }
    return name.toString();
  }
}
