package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known attacks by picture. */
class PictureAttacksTest {
  @Test
  void aPngOfThreeGigapixelsOfNothingIsRefused() {
    byte[] rows = new byte[60_000 / 8 + 1];
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 16];
    for (int y = 0; y < 60_000; y++) {
      deflater.setInput(rows);
      int n;
      while ((n = deflater.deflate(block)) > 0) {
        packed.write(block, 0, n);
      }
    }
    deflater.finish();
    packed.write(block, 0, deflater.deflate(block));
    deflater.end();
    byte[] png = pngOf(60_000, 60_000, packed.toByteArray());

    assertRefused(png, "at most 200 megapixels");
  }

  @Test
  void compressedDataWithinCompressedDataIsNoPicture() {
    byte[] inner = deflate(new byte[1 << 20]);

    assertRefused(pngOf(48, 32, deflate(inner)), "PNG");
  }

  @ParameterizedTest
  @CsvSource({"65535, 65535, at most", "65535, 4000, at most", "0, 10, size", "10, 0, size"})
  void jpegsOfAbsurdSizesAreRefused(int width, int height, String phrase) {
    byte[] jpeg = Samples.file("jpg");
    int frame = Samples.indexOf(jpeg, 0xff, 0xc0);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);

    assertRefused(jpeg, phrase);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, 1L << 60, 1000})
  void bigTiffsOfAbsurdDirectoriesAreRefused(long entries) {
    ByteBuffer file = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    file.put(Samples.latin1("II+\0")).putShort((short) 8).putShort((short) 0);
    file.putLong(16).putLong(entries);

    assertRefused(file.array(), "TIFF");
  }

  @ParameterizedTest
  @ValueSource(ints = {322, 323}) // TileWidth, TileLength
  void tiffsOfAbsurdTilesAreRefused(int tag) {
    byte[] tiff = Samples.tiff(Samples.picture(), 1);
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int strips = 10 + 12 * 5; // StripOffsets becomes a tile's size
    bytes.putShort(strips, (short) tag).putInt(strips + 8, 1 << 30);

    assertRefused(tiff, "TIFF");
  }

  @Test
  void garbageInExifNeverKeepsAPictureFromBeingRead() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      byte[] exif = Samples.exif(6, ByteOrder.BIG_ENDIAN);
      byte[] noise = new byte[random.nextInt(exif.length - 6)];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, exif, exif.length - noise.length, noise.length);
      byte[] file = Samples.withSegment(Samples.file("jpg"), 0xe1, exif);

      Image image = Images.decode(file, "a.jpg");

      assertEquals(Samples.WIDTH * Samples.HEIGHT, image.width() * image.height());
    }
  }

  @Test
  void aColourProfileThatInflatesWithoutEndIsNotInflated() throws IOException {
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profile.writeBytes(Samples.latin1("x\0\0"));
    profile.writeBytes(deflate(new byte[64 << 20]));
    byte[] png = Samples.withChunk(Samples.file("png"), "iCCP", profile.toByteArray());

    assertEquals(Samples.WIDTH, Images.decode(png, "a.png").width());
  }

  private static byte[] pngOf(int width, int height, byte[] data) {
    byte[] png = Samples.encode(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY), "png");
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    byte[] header = Samples.withHeaderSum(png);
    byte[] start = Arrays.copyOf(header, 33);
    byte[] end = Samples.withChunk(new byte[33], "IEND", new byte[0]);
    byte[] body = Samples.withChunk(start, "IDAT", data);
    return ByteBuffer.allocate(body.length + end.length - 33)
        .put(body)
        .put(end, 33, end.length - 33)
        .array();
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static void assertRefused(byte[] file, String phrase) {
    ImageException e = assertThrows(ImageException.class, () -> Images.decode(file, "a"));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(phrase) && !message.contains("\n"), message);
  }
}
