package io.github.rtmjava.image;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Reads the chunks of a PNG file to its end, checks their sums, and drops all but the picture: no
 * text, no colour profile, no frames after the first.
 */
final class PngFile {
  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
  private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int FRAME = 12;

  private PngFile() {}

  static boolean claims(Bytes file) {
    return file.has(0, SIGNATURE);
  }

  static PictureFile read(byte[] data) throws Bytes.EndException, PictureFile.DamagedException {
    Bytes file = Bytes.of(data);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(data.length);
    kept.write(data, 0, SIGNATURE.length());
    if (!file.has(12, "IHDR")) {
      file.require(0, 33);
      throw new PictureFile.DamagedException("no header");
    }
    long width = file.u32(16);
    long height = file.u32(20);
    int orientation = Exif.UPRIGHT;
    String type = "";
    for (int at = SIGNATURE.length(); !type.equals("IEND"); ) {
      long length = file.u32(at);
      file.require(at, length + FRAME);
      type = name(file, at + 4);
      int size = (int) length;
      if (KEPT.contains(type)) {
        CRC32 sum = new CRC32();
        sum.update(data, at + 4, size + 4);
        if (sum.getValue() != file.u32(at + 8L + size)) {
          throw new PictureFile.DamagedException(
              "a wrong check sum of its %s chunk at byte %d".formatted(type, at));
        }
        kept.write(data, at, size + FRAME);
      } else if (type.equals("eXIf")) {
        orientation = Exif.orientation(file.slice(at + 8, size));
      }
      at += size + FRAME;
    }
    return new PictureFile("PNG", width, height, orientation, kept.toByteArray());
  }

  private static String name(Bytes file, int at) throws Bytes.EndException {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      name.append((char) file.u8(at + i));
    }
    return name.toString();
  }
}
