package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  /** Levels by which JPEG may miss an even surface. */
  private static final int JPEG_LOSS = 4;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "webp"})
  void losslessFormatsGiveEveryPixel(String format) throws IOException {
    Image image = Images.decode(Samples.file(format), "a." + format);

    assertArrayEquals(Samples.picture().bgr(), image.bgr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "gif"})
  void lossyFormatsGiveNearlyEveryPixel(String format) throws IOException {
    Image image = Images.decode(Samples.file(format), "a." + format);

    assertTrue(near(Samples.picture(), image, 10, 24), () -> "far off: " + format);
  }

  static List<Arguments> orientations() {
    return IntStream.rangeClosed(1, 8)
        .boxed()
        .flatMap(
            orientation ->
                Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                    .map(order -> Arguments.of(orientation, order)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void picturesAreTurnedUpright(int orientation, ByteOrder order) throws IOException {
    Image stored = stored(orientation);
    byte[] exif = Samples.exif(orientation, order);
    byte[] bare = Arrays.copyOfRange(exif, 6, exif.length);
    byte[] jpeg = Samples.encode(stored.toBufferedImage(), "jpg");
    byte[] png = Samples.encode(stored.toBufferedImage(), "png");

    Image fromJpeg = Images.decode(Samples.withSegment(jpeg, 0xe1, exif), "a.jpg");
    assertTrue(near(Samples.picture(), fromJpeg, 10, 24), "JPEG");
    assertUpright(Samples.withChunk(png, "eXIf", bare));
    assertUpright(Samples.withChunk(png, "eXIf", exif));
    assertUpright(Samples.webp(stored, bare));
    assertUpright(Samples.webp(stored, exif));
    assertUpright(Samples.tiff(stored, orientation, order));
  }

  private static void assertUpright(byte[] file) throws IOException {
    assertArrayEquals(Samples.picture().bgr(), Images.decode(file, "a").bgr());
  }

  @ParameterizedTest
  @MethodSource("orientations")
  void anOrientationIsReadFromWideNumbersToo(int orientation, ByteOrder order) throws IOException {
    byte[] exif = Samples.exif(orientation, order);
    ByteBuffer.wrap(exif).order(order).putShort(18, (short) 4).putInt(24, orientation);

    assertUpright(Samples.webp(stored(orientation), exif));
  }

  @Test
  void aPngWhosePixelsEndEarlyIsRefused() {
    byte[] empty = Samples.withHeaderSum(Samples.file("png"));
    ByteBuffer.wrap(empty).putInt(20, 2 * Samples.HEIGHT);

    assertTrue(message(Samples.withHeaderSum(empty)).contains("PNG"));
  }

  @Test
  void garbageInExifLeavesThePictureAsStored() throws IOException {
    byte[] garbage = Samples.latin1("Exif\0\0MM\0*\377\377\377\377garbage");
    byte[] file = Samples.withSegment(Samples.file("jpg"), 0xe1, garbage);

    assertTrue(near(Samples.picture(), Images.decode(file, "a.jpg"), 10, 24));
  }

  @Test
  void aBrokenColourProfileIsIgnored() throws IOException {
    byte[] png = Samples.withChunk(Samples.file("png"), "iCCP", Samples.latin1("x\0\0garbage"));
    byte[] jpeg =
        Samples.withSegment(Samples.file("jpg"), 0xe2, Samples.latin1("ICC_PROFILE\0\1\1garbage"));

    assertArrayEquals(Samples.picture().bgr(), Images.decode(png, "a.png").bgr());
    assertTrue(near(Samples.picture(), Images.decode(jpeg, "a.jpg"), 10, 24));
  }

  @Test
  void greyIsRepeatedInEveryChannel() throws IOException {
    BufferedImage grey = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(2, 1, 0, 77);

    for (String format : List.of("png", "bmp", "tiff")) {
      assertEquals(0x4d4d4d, Images.decode(Samples.encode(grey, format), "a").rgb(2, 1), format);
    }
  }

  @Test
  void transparencyIsDropped() throws IOException {
    BufferedImage half = new BufferedImage(5, 4, BufferedImage.TYPE_INT_ARGB);
    half.setRGB(2, 1, 0x40102030);

    assertEquals(0x102030, Images.decode(Samples.encode(half, "png"), "a.png").rgb(2, 1));
  }

  @Test
  void ofSixteenBitsTheUpperHalfIsKept() throws IOException {
    BufferedImage deep = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(2, 1, 0, 0xa070);

    for (String format : List.of("png", "tiff")) {
      assertEquals(0xa0a0a0, Images.decode(Samples.encode(deep, format), "a").rgb(2, 1), format);
    }
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    BufferedImage indexed = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.setRGB(2, 1, 0xffff3300);

    for (String format : List.of("png", "bmp", "gif", "tiff")) {
      assertEquals(0xff3300, Images.decode(Samples.encode(indexed, format), "a").rgb(2, 1), format);
    }
  }

  @Test
  void inksWithoutAdobesMarkerAreAmountsOfInk() throws IOException {
    int rgb = Images.decode(Samples.inks(200, 30, 30, 10), "a.jpg").rgb(20, 20);

    assertColour(55 * 245 / 255, 225 * 245 / 255, 225 * 245 / 255, rgb);
  }

  @Test
  void inksWithAdobesMarkerAreAmountsThatAreMissing() throws IOException {
    byte[] file = Samples.withSegment(Samples.inks(55, 225, 225, 245), 0xee, Samples.adobe());

    int rgb = Images.decode(file, "a.jpg").rgb(20, 20);

    assertColour(55 * 245 / 255, 225 * 245 / 255, 225 * 245 / 255, rgb);
  }

  @Test
  void ofAnAnimationTheFirstFrameIsTaken() throws IOException {
    Image image = Images.decode(Samples.animation(Color.RED, Color.BLUE), "a.gif");

    assertEquals(0xff0000, image.rgb(3, 3));
  }

  @Test
  void fiftyMegapixelsAreRead() throws IOException {
    BufferedImage large = new BufferedImage(8660, 5774, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = large.createGraphics();
    graphics.fillRect(8000, 5000, 10, 10);
    graphics.dispose();

    Image image = Images.decode(Samples.encode(large, "jpg"), "large.jpg");

    assertEquals(8660, image.width());
    assertEquals(5774, image.height());
    assertTrue((image.rgb(8005, 5005) & 0xff) > 255 - JPEG_LOSS);
  }

  /** Headers that promise more pixels than anybody wants decoded. */
  enum Bomb {
    PNG {
      @Override
      byte[] file() {
        byte[] png = Samples.file("png");
        ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
        return Samples.withHeaderSum(png);
      }
    },
    JPEG {
      @Override
      byte[] file() {
        byte[] jpeg = Samples.file("jpg");
        int frame = Samples.indexOf(jpeg, 0xff, 0xc0);
        ByteBuffer.wrap(jpeg)
            .putShort(frame + 5, (short) 60_000)
            .putShort(frame + 7, (short) 60_000);
        return jpeg;
      }
    },
    BMP {
      @Override
      byte[] file() {
        byte[] bmp = Samples.file("bmp");
        little(bmp).putInt(18, 50_000).putInt(22, 50_000);
        return bmp;
      }
    },
    GIF {
      @Override
      byte[] file() {
        byte[] gif = Samples.file("gif");
        little(gif).putShort(6, (short) 60_000).putShort(8, (short) 60_000);
        return gif;
      }
    },
    TIFF {
      @Override
      byte[] file() {
        return Samples.tiffHeader(100_000, 2_000);
      }
    },
    WEBP {
      @Override
      byte[] file() {
        return ByteBuffer.allocate(30)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(Samples.latin1("RIFF"))
            .putInt(22)
            .put(Samples.latin1("WEBPVP8X"))
            .putInt(10)
            .putInt(0)
            .put(new byte[] {-1, -1, 0, -1, -1, 0})
            .array();
      }
    };

    abstract byte[] file();

    static ByteBuffer little(byte[] data) {
      return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  @ParameterizedTest
  @EnumSource(Bomb.class)
  void bombsAreRefusedByTheirHeader(Bomb bomb) {
    byte[] file = bomb.file();

    String message = message(file);

    assertTrue(
        message.contains("at most 200 megapixels") || message.contains("expected a complete BMP"),
        message);
  }

  static List<Arguments> formats() throws IOException {
    return List.of(
        Arguments.of("jpg", Samples.file("jpg"), 2),
        Arguments.of("jpg, progressive", Samples.progressive(), 2),
        Arguments.of("png", Samples.file("png"), 12 + 4 + 4),
        Arguments.of("bmp", oddBmp(), 1),
        Arguments.of("tiff", Samples.file("tiff"), 0),
        Arguments.of("webp", Samples.webp(Samples.picture(), 1), 40),
        Arguments.of("gif", Samples.file("gif"), 2));
  }

  /** Five pixels a row leave one byte that fills it up. */
  private static byte[] oddBmp() {
    return Samples.encode(new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR), "bmp");
  }

  /** What is missing may only be what holds no pixel: then every pixel is as in the whole file. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void cutFilesAreReadWholeOrRefused(String format, byte[] file, int spare) throws IOException {
    byte[] whole = Images.decode(file, format).bgr();
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length < file.length - spare - 1) {
        try {
          assertArrayEquals(
              whole, Images.decode(cut, "a").bgr(), () -> "cut by " + (file.length - cut.length));
        } catch (ImageException e) {
          String message = String.valueOf(e.getMessage());
          assertTrue(message.startsWith("a: expected "), message);
          assertFalse(message.contains("\n"), message);
        }
      } else if (length >= file.length - spare) {
        assertArrayEquals(whole, Images.decode(cut, "a").bgr());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void cutInTheMiddleIsRefused(String format, byte[] file, int spare) {
    for (int part = 1; part < 8; part++) {
      assertTrue(
          message(Arrays.copyOf(file, (file.length - spare) * part / 9))
              .startsWith("a: expected "));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void whatFollowsThePictureIsIgnored(String format, byte[] file, int spare) throws IOException {
    byte[] longer = Arrays.copyOf(file, file.length + 1000);
    Arrays.fill(longer, file.length, longer.length, (byte) 0xff);

    assertArrayEquals(Images.decode(file, "a").bgr(), Images.decode(longer, "a").bgr());
  }

  @Test
  void whatLiesBetweenSegmentsOfAJpegIsIgnored() throws IOException {
    byte[] jpeg = Samples.file("jpg");
    int scan = Samples.indexOf(jpeg, 0xff, 0xda);
    byte[] file = new byte[jpeg.length + 20];
    System.arraycopy(jpeg, 0, file, 0, scan);
    System.arraycopy(jpeg, scan, file, scan + 20, jpeg.length - scan);

    assertArrayEquals(Images.decode(jpeg, "a").bgr(), Images.decode(file, "a").bgr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tEXt", "eXIf", "tRNS"})
  void aWrongCheckSumBesideThePixelsOfAPngIsNoDamage(String type) throws IOException {
    byte[] png = Samples.withChunk(Samples.file("png"), type, new byte[6]);
    png[33 + 8 + 6] ^= 1;

    assertUpright(png);
  }

  @Test
  void aWrongCheckSumOfSoundPixelsIsNoDamage() throws IOException {
    byte[] png = Samples.file("png");
    png[png.length - 13] ^= 1;

    assertUpright(png);
  }

  @Test
  void kindsOfTiffThatAreNotReadAreNoDamage() {
    assertUnread(
        Samples.withField(Samples.tiff(Samples.picture(), 1), 277, 339, 3), "TIFF of 8-bit floats");
    assertUnread(Samples.withField(Samples.tiff(Samples.picture(), 1), 277, 339, 2), "with a sign");
    assertUnread(Samples.withField(Samples.tiff(Samples.picture(), 1), 259, 259, 34887), "LERC");
  }

  @Test
  void kindsOfJpegThatAreNotReadAreNoDamage() {
    byte[] deep = Samples.file("jpg");
    deep[Samples.indexOf(deep, 0xff, 0xc0) + 4] = 12;
    assertUnread(deep, "JPEG of 12 bits per value");
    byte[] lossless = Samples.file("jpg");
    lossless[Samples.indexOf(lossless, 0xff, 0xc0) + 1] = (byte) 0xc3;
    assertUnread(lossless, "JPEG of the lossless kind");
  }

  private static void assertUnread(byte[] file, String kind) {
    String message = message(file);
    assertTrue(message.contains(kind) && message.contains("is not read; convert"), message);
  }

  @Test
  void aPngWithAWrongCheckSumIsRefused() {
    byte[] png = Samples.file("png");
    png[60] ^= 1;

    assertTrue(message(png).contains("check sum"));
  }

  @Test
  void aJpegOfEndlessScansIsRefused() {
    byte[] jpeg = Samples.file("jpg");
    int scan = Samples.indexOf(jpeg, 0xff, 0xda);
    byte[] body = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    ByteBuffer file = ByteBuffer.allocate(jpeg.length + 200 * body.length).put(jpeg, 0, scan);
    for (int i = 0; i < 200; i++) {
      file.put(body);
    }
    file.put(jpeg, jpeg.length - 2, 2);

    assertTrue(message(Arrays.copyOf(file.array(), file.position())).contains("100 scans"));
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.jpg");

    ImageException e = assertThrows(ImageException.class, () -> Images.read(file));

    assertTrue(Objects.requireNonNull(e.getMessage()).startsWith(file.toString()));
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a b\u00e9.PNG");

    Images.write(Samples.picture(), file);

    assertArrayEquals(Samples.picture().bgr(), Images.read(file).bgr());
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Path taken = Files.createDirectories(folder.resolve("a.png/inside")).getParent();

    assertThrows(
        ImageException.class, () -> Images.write(Samples.picture(), Objects.requireNonNull(taken)));

    assertEquals(List.of(taken), list(folder));
  }

  @Test
  void anUnknownEndingIsRefused(@TempDir Path folder) {
    assertThrows(
        ImageException.class, () -> Images.write(Samples.picture(), folder.resolve("a.xyz")));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String message(byte[] file) {
    ImageException e = assertThrows(ImageException.class, () -> Images.decode(file, "a"));
    return Objects.requireNonNull(e.getMessage());
  }

  /** How a camera that was held the other way stores {@link Samples#picture()}. */
  private static Image stored(int orientation) {
    Image upright = Samples.picture();
    boolean turned = orientation >= 5;
    int width = turned ? upright.height() : upright.width();
    int height = turned ? upright.width() : upright.height();
    byte[] bgr = new byte[width * height * 3];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        // The EXIF standard names the sides of the scene that row 0 and column 0 show.
        int across = turned ? row : column;
        int down = turned ? column : row;
        boolean fromRight = List.of(2, 3, 6, 7).contains(orientation);
        boolean fromBottom = List.of(3, 4, 7, 8).contains(orientation);
        int x = fromRight ? upright.width() - 1 - across : across;
        int y = fromBottom ? upright.height() - 1 - down : down;
        int rgb = upright.rgb(x, y);
        int at = 3 * (row * width + column);
        bgr[at] = (byte) rgb;
        bgr[at + 1] = (byte) (rgb >> 8);
        bgr[at + 2] = (byte) (rgb >> 16);
      }
    }
    return Image.ofBgr(width, height, bgr);
  }

  /** Whether all but a few pixels (colour bleeds at edges) are within so many levels. */
  private static boolean near(Image expected, Image actual, int few, int levels) {
    if (expected.width() != actual.width() || expected.height() != actual.height()) {
      return false;
    }
    byte[] a = expected.bgr();
    byte[] b = actual.bgr();
    long far = 0;
    for (int i = 0; i < a.length; i++) {
      far += Math.abs((a[i] & 0xff) - (b[i] & 0xff)) > levels ? 1 : 0;
    }
    return far * few < a.length;
  }

  private static void assertColour(int red, int green, int blue, int rgb) {
    assertEquals(red, rgb >> 16, JPEG_LOSS);
    assertEquals(green, rgb >> 8 & 0xff, JPEG_LOSS);
    assertEquals(blue, rgb & 0xff, JPEG_LOSS);
  }
}
