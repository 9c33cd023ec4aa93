package io.github.rtmjava.image;

import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes picture files: JPEG, PNG, WebP, TIFF, BMP and GIF.
 *
 * <p>What is read is turned upright by its EXIF orientation and becomes blue, green and red of 8
 * bits: grey is repeated, 16 bits lose their lower half, inks are converted, transparency is
 * dropped, of several frames or pages the first is taken. A file whose header promises more than
 * {@value #MAX_PIXELS} pixels, or a side of more than {@value #MAX_SIDE}, is refused before
 * anything is decoded.
 */
public final class Images {
  /** The largest picture that is read, pixels. */
  public static final long MAX_PIXELS = 200_000_000;

  /** The longest side that is read, pixels. */
  public static final int MAX_SIDE = 65_535;

  /** How long a pipe may take. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Images() {}

  /**
   * Reads a picture file.
   *
   * @throws ImageException if it is missing, no picture, damaged or too large
   */
  public static Image read(Path file) throws ImageException {
    return decode(PictureBytes.of(file, PATIENCE), file.toString());
  }

  /**
   * Reads a picture file from a stream, to its end; leaves it open.
   *
   * @param name what messages call it
   * @throws ImageException if it cannot be read, is no picture, damaged or too large
   */
  public static Image read(InputStream in, String name) throws ImageException {
    byte[] data;
    try {
      data = PictureBytes.of(in, name);
    } catch (ImageException e) {
      throw e;
    } catch (IOException e) {
      throw new ImageException(
          "%s: expected a picture, found bytes that cannot be read (%s)"
              .formatted(name, e.getMessage()),
          e);
    }
    return decode(data, name);
  }

  /**
   * Decodes the bytes of a picture file.
   *
   * @param name what messages call it
   * @throws ImageException if it is no picture, damaged or too large
   */
  public static Image decode(byte[] data, String name) throws ImageException {
    PictureFile file = inspect(data, name);
    try {
      return decode(file, name);
    } catch (OutOfMemoryError e) {
      throw tooLittleMemory(file, name, e);
    }
  }

  /**
   * How many pixels the bytes of a picture file say that it has, before anything is decoded.
   *
   * @param name what messages call it
   * @throws ImageException if it is no picture, or too large
   */
  public static long pixels(byte[] data, String name) throws ImageException {
    PictureFile file = inspect(data, name);
    return file.width() * file.height();
  }

  /** What a file says of itself, once it is no larger than can be decoded. */
  static PictureFile inspect(byte[] data, String name) throws ImageException {
    PictureFile file = PictureFiles.read(data, name);
    long pixels = file.width() * file.height();
    if (file.width() > MAX_SIDE || file.height() > MAX_SIDE || pixels > MAX_PIXELS) {
      throw new ImageException(
          ("%s: expected a picture of at most %s megapixels and %s pixels a side, found %s x %s;"
                  + " scale it down first")
              .formatted(name, MAX_PIXELS / 1_000_000, MAX_SIDE, file.width(), file.height()));
    }
    if (pixels * Image.CHANNELS > Runtime.getRuntime().maxMemory()) {
      throw tooLittleMemory(file, name, null); // before as much native memory is taken
    }
    return file;
  }

  private static ImageException tooLittleMemory(
      PictureFile file, String name, @Nullable OutOfMemoryError cause) {
    long bytes = file.width() * file.height() * Image.CHANNELS;
    String message =
        "%s: a picture of %s x %s needs %s MB of memory, found less; give java a larger -Xmx"
            .formatted(name, file.width(), file.height(), bytes / 1_000_000 + 1);
    return cause == null ? new ImageException(message) : new ImageException(message, cause);
  }

  private static Image decode(PictureFile file, String name) throws ImageException {
    byte[] data = mended(file, name);
    if (file.cmyk()) {
      return decodeInks(file, name);
    }
    int flags = opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    OpenCv.load();
    try (BytePointer bytes = new BytePointer(data);
        Mat encoded = new Mat(1, data.length, opencv_core.CV_8UC1, bytes);
        Mat decoded = opencv_imgcodecs.imdecode(encoded, flags)) {
      if (decoded.empty()) {
        throw damaged(file, name, null);
      }
      Orientation.apply(file.orientation(), decoded);
      return OpenCv.download(decoded);
    } catch (RuntimeException e) {
      throw damaged(file, name, e);
    }
  }

  /** What the decoder is given, once it is certain that no pixel is missing. */
  private static byte[] mended(PictureFile file, String name) throws ImageException {
    PictureFile.Doubt doubt = file.doubt();
    if (doubt == null) {
      return file.data();
    }
    byte[] data = doubt.mending().apply(file.data());
    if (data == null) {
      throw PictureFiles.damaged(name, file.format(), doubt.cause());
    }
    return data;
  }

  private static Image decodeInks(PictureFile file, String name) throws ImageException {
    try (Mat decoded = OpenCv.upload(InkJpeg.decode(file.data()))) {
      Orientation.apply(file.orientation(), decoded);
      return OpenCv.download(decoded);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, name, e);
    }
  }

  private static ImageException damaged(PictureFile file, String name, @Nullable Exception cause) {
    if (!file.rare().isEmpty()) {
      return PictureFiles.unread(name, file.format(), file.rare(), cause);
    }
    String message =
        "%s: expected an intact %s picture, found damaged data; copy it again from its source"
            .formatted(name, file.format());
    return cause == null ? new ImageException(message) : new ImageException(message, cause);
  }

  /**
   * Writes a picture: as JPEG where the name ends in {@code .jpg} or {@code .jpeg}, as PNG where it
   * ends in {@code .png}. The file appears complete or not at all.
   *
   * @throws ImageException if the name has another ending or the file cannot be written
   */
  public static void write(Image image, Path file) throws ImageException {
    String lower = file.toString().toLowerCase(Locale.ROOT);
    boolean jpeg = lower.endsWith(".jpg") || lower.endsWith(".jpeg");
    if (!jpeg && !lower.endsWith(".png")) {
      throw new ImageException(
          file + ": expected a name that ends in .png or .jpg, found another; rename it");
    }
    byte[] data = encode(image, jpeg ? ".jpg" : ".png");
    try {
      NewFile.write(file, out -> out.write(data));
    } catch (IOException e) {
      throw new ImageException(
          "%s: expected a place to write to, found that it cannot be written (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** The bytes of a PNG file. */
  public static byte[] png(Image image) throws ImageException {
    return encode(image, ".png");
  }

  /** The bytes of a JPEG file. */
  public static byte[] jpeg(Image image) throws ImageException {
    return encode(image, ".jpg");
  }

  private static byte[] encode(Image image, String extension) throws ImageException {
    try (Mat mat = OpenCv.upload(image);
        BytePointer out = new BytePointer();
        IntPointer defaults = new IntPointer()) {
      if (!opencv_imgcodecs.imencode(extension, mat, out, defaults)) {
        throw new ImageException("a %s cannot be written as %s".formatted(image, extension));
      }
      byte[] data = new byte[Math.toIntExact(out.limit())];
      out.get(data);
      return data;
    }
  }
}
