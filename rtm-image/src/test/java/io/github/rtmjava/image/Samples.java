package io.github.rtmjava.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Made-up pictures, and files of them. */
final class Samples {
  static final int WIDTH = 48;
  static final int HEIGHT = 32;

  private Samples() {}

  /** Red grows to the right, green downwards, blue is a bright square in the top left corner. */
  static Image picture() {
    byte[] bgr = new byte[WIDTH * HEIGHT * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = 3 * (y * WIDTH + x);
        bgr[at] = (byte) (x < WIDTH / 2 && y < HEIGHT / 2 ? 220 : 20);
        bgr[at + 1] = (byte) (y * 7);
        bgr[at + 2] = (byte) (x * 5);
      }
    }
    return Image.ofBgr(WIDTH, HEIGHT, bgr);
  }

  /** The JDK's encoding of a picture; the format is named as in {@link ImageIO}. */
  static byte[] encode(BufferedImage picture, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(picture, format, out)) {
        throw new AssertionError("the JDK cannot write this as " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #picture()} as a file of this format. */
  static byte[] file(String format) {
    return format.equals("webp") ? webp(picture()) : encode(picture().toBufferedImage(), format);
  }

  /** A WebP file that says how it was held. */
  static byte[] webp(Image image, int orientation) {
    return webp(image, exif(orientation, ByteOrder.LITTLE_ENDIAN));
  }

  /** A WebP file with this EXIF data. */
  static byte[] webp(Image image, byte[] exif) {
    byte[] plain = webp(image);
    int bits = plain.length - 12;
    ByteBuffer out =
        ByteBuffer.allocate(12 + 18 + bits + 8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(plain, 0, 4).putInt(out.capacity() - 8).put(plain, 8, 4);
    out.put(latin1("VP8X")).putInt(10).putInt(8);
    u24(out, image.width() - 1);
    u24(out, image.height() - 1);
    out.put(plain, 12, bits).put(latin1("EXIF")).putInt(exif.length).put(exif);
    return out.array();
  }

  private static void u24(ByteBuffer out, int value) {
    out.putShort((short) value).put((byte) (value >> 16));
  }

  /** Without loss; the JDK has no WebP. */
  private static byte[] webp(Image image) {
    try (Mat mat = OpenCv.upload(image);
        BytePointer out = new BytePointer();
        IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101)) {
      opencv_imgcodecs.imencode(".webp", mat, out, quality);
      byte[] data = new byte[(int) out.limit()];
      out.get(data);
      return data;
    }
  }

  /** {@link #picture()} as a JPEG of several scans. */
  static byte[] progressive() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      ImageWriteParam scans = writer.getDefaultWriteParam();
      scans.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture().toBufferedImage(), null, null), scans);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A TIFF of {@link #tiff}'s with another field in place of one. */
  static byte[] withField(byte[] tiff, int old, int tag, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int at = 10;
    while ((bytes.getShort(at) & 0xffff) != old) {
      at += 12;
    }
    bytes.putShort(at, (short) tag).putShort(at + 2, (short) 3);
    bytes.putInt(at + 4, 1).putShort(at + 8, (short) value);
    return tiff;
  }

  /** A WebP of so many frames of {@link #picture()}, of 40, 80, 120 … ms. */
  static byte[] movingWebp(int count) {
    byte[] plain = webp(picture());
    int bits = plain.length - 12;
    ByteBuffer out =
        ByteBuffer.allocate(12 + 18 + 14 + count * (8 + 16 + bits)).order(ByteOrder.LITTLE_ENDIAN);
    out.put(latin1("RIFF")).putInt(out.capacity() - 8).put(latin1("WEBPVP8X")).putInt(10).putInt(2);
    u24(out, WIDTH - 1);
    u24(out, HEIGHT - 1);
    out.put(latin1("ANIM")).putInt(6).putInt(0).putShort((short) 0);
    for (int i = 0; i < count; i++) {
      out.put(latin1("ANMF")).putInt(16 + bits);
      u24(out, 0);
      u24(out, 0);
      u24(out, WIDTH - 1);
      u24(out, HEIGHT - 1);
      u24(out, 40 * (i + 1));
      out.put((byte) 2).put(plain, 12, bits);
    }
    return out.array();
  }

  /** A JPEG with these four inks everywhere, without Adobe's marker. */
  static byte[] inks(int c, int m, int y, int k) {
    WritableRaster raster = Raster.createInterleavedRaster(0, WIDTH, HEIGHT, 4, null);
    for (int py = 0; py < HEIGHT; py++) {
      for (int px = 0; px < WIDTH; px++) {
        raster.setPixel(px, py, new int[] {c, m, y, k});
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(new IIOImage(raster, null, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A JPEG with one more segment behind its first two bytes. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
    return ByteBuffer.allocate(jpeg.length + body.length + 4)
        .put(jpeg, 0, 2)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (body.length + 2))
        .put(body)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Adobe's marker: the inks are stored the other way round, without a colour transform. */
  static byte[] adobe() {
    return ByteBuffer.allocate(12).put(latin1("Adobe")).putShort((short) 100).array();
  }

  /** EXIF data with nothing but an orientation. */
  static byte[] exif(int orientation, ByteOrder order) {
    return ByteBuffer.allocate(32)
        .put(latin1("Exif\0\0"))
        .put(latin1(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
        .order(order)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .array();
  }

  /** A PNG with one more chunk behind its header. */
  static byte[] withChunk(byte[] png, String type, byte[] body) {
    int header = 33;
    CRC32 sum = new CRC32();
    sum.update(latin1(type));
    sum.update(body);
    return ByteBuffer.allocate(png.length + body.length + 12)
        .put(png, 0, header)
        .putInt(body.length)
        .put(latin1(type))
        .put(body)
        .putInt((int) sum.getValue())
        .put(png, header, png.length - header)
        .array();
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A PNG whose header was changed, with the header's check sum put right. */
  static byte[] withHeaderSum(byte[] png) {
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
    return png;
  }

  static int indexOf(byte[] data, int first, int second) {
    for (int i = 0; i < data.length - 1; i++) {
      if ((data[i] & 0xff) == first && (data[i + 1] & 0xff) == second) {
        return i;
      }
    }
    throw new AssertionError("no such bytes");
  }

  /** An uncompressed TIFF of one strip that says how it was held. */
  static byte[] tiff(Image image, int orientation) {
    return tiff(image, orientation, ByteOrder.LITTLE_ENDIAN);
  }

  /** The same in either byte order. */
  static byte[] tiff(Image image, int orientation, ByteOrder order) {
    byte[] bgr = image.bgr();
    int entries = 10;
    int bits = 8 + 2 + 12 * entries + 4;
    int pixels = bits + 6;
    ByteBuffer out = ByteBuffer.allocate(pixels + bgr.length).order(order);
    out.put(latin1(order == ByteOrder.BIG_ENDIAN ? "MM\0*" : "II*\0"));
    out.putInt(8).putShort((short) entries);
    field(out, 256, 4, 1, image.width());
    field(out, 257, 4, 1, image.height());
    field(out, 258, 3, 3, bits);
    field(out, 259, 3, 1, 1);
    field(out, 262, 3, 1, 2);
    field(out, 273, 4, 1, pixels);
    field(out, 274, 3, 1, orientation);
    field(out, 277, 3, 1, 3);
    field(out, 278, 4, 1, image.height());
    field(out, 279, 4, 1, bgr.length);
    out.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
    for (int i = 0; i < bgr.length; i += 3) {
      out.put(bgr[i + 2]).put(bgr[i + 1]).put(bgr[i]);
    }
    return out.array();
  }

  /** A TIFF without pixels. */
  static byte[] tiffHeader(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN);
    out.put(latin1("II*\0")).putInt(8).putShort((short) 3);
    field(out, 256, 4, 1, width);
    field(out, 257, 4, 1, height);
    field(out, 273, 4, 1, 8);
    return out.array();
  }

  private static void field(ByteBuffer out, int tag, int type, int count, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(count);
    if (type == 3 && count == 1) { // short values stand first in their four bytes
      out.putShort((short) value).putShort((short) 0);
    } else {
      out.putInt(value);
    }
  }

  /** A GIF of frames of one colour each. */
  static byte[] animation(Color... colours) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (Color colour : colours) {
        BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
