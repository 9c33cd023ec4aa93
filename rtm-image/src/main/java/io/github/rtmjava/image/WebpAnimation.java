package io.github.rtmjava.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The frames of a moving WebP picture, each the whole picture as it is then shown; transparency is
 * dropped. For one thread at a time.
 */
public final class WebpAnimation implements AutoCloseable {
  /** Bytes of the frames that are decoded at once. */
  private static final long BATCH = 128 << 20;

  /** Bytes of a pixel as it is decoded. */
  private static final int DECODED = 4;

  private final Path file;
  private final int width;
  private final int height;

  /** When each frame begins; one more for the end. */
  private final long[] starts;

  private final BytePointer bytes;
  private final Mat encoded;
  private final int batch;
  private List<Image> decoded = List.of();
  private int first;

  private WebpAnimation(Path file, int width, int height, long[] starts, byte[] data) {
    this.file = file;
    this.width = width;
    this.height = height;
    this.starts = starts;
    batch = (int) Math.max(1, Math.min(frames(), BATCH / ((long) width * height * DECODED)));
    OpenCv.load();
    bytes = new BytePointer(data);
    encoded = new Mat(1, data.length, opencv_core.CV_8UC1, bytes);
  }

  /**
   * Reads a file; its frames are decoded when they are asked for.
   *
   * @throws ImageException if it is missing, no WebP picture, or damaged
   */
  public static WebpAnimation open(Path file) throws ImageException {
    byte[] data = PictureBytes.of(file, Images.PATIENCE);
    PictureFile picture = Images.inspect(data, file.toString());
    List<Integer> millis = durations(picture.data());
    long[] starts = new long[millis.size() + 1];
    for (int i = 0; i < millis.size(); i++) {
      starts[i + 1] = starts[i] + millis.get(i);
    }
    return new WebpAnimation(
        file, (int) picture.width(), (int) picture.height(), starts, picture.data());
  }

  /** What the frames say of themselves, in the order of the file, whose chunks are complete. */
  private static List<Integer> durations(byte[] data) {
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> millis = new ArrayList<>();
    long at = 12;
    while (at + 8 <= data.length) {
      long length = bytes.getInt((int) at + 4) & 0xffffffffL;
      boolean frame = Bytes.of(data).has((int) at, "ANMF") && length >= 16;
      if (frame && at + 24 <= data.length) {
        millis.add(bytes.getInt((int) at + 8 + 12) & 0xffffff);
      }
      at += 8 + length + (length & 1);
    }
    return millis;
  }

  /** Pixels from left to right. */
  public int width() {
    return width;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return height;
  }

  /** How many frames there are. */
  public int frames() {
    return starts.length - 1;
  }

  /** When a frame begins, milliseconds after the first; of the number of frames, the end. */
  public long startMillis(int frame) {
    return starts[frame];
  }

  /**
   * Decodes a frame, and some that follow.
   *
   * @param frame from 0 on; quickest in order
   * @throws ImageException if it is damaged
   */
  public Image frame(int frame) throws ImageException {
    if (frame < first || frame >= first + decoded.size()) {
      first = frame;
      decoded = decode();
    }
    if (decoded.isEmpty()) {
      throw new ImageException(
          "%s: expected an intact WebP picture, found that frame %s does not decode"
              .formatted(file, frame));
    }
    return decoded.get(frame - first);
  }

  private List<Image> decode() {
    List<Image> images = new ArrayList<>();
    try (opencv_imgcodecs.Animation animation = new opencv_imgcodecs.Animation()) {
      if (opencv_imgcodecs.imdecodeanimation(encoded, animation, first, batch)) {
        for (Mat mat : animation.frames().get()) {
          if (mat.cols() == width && mat.rows() == height) {
            images.add(MatPictures.copyOf(mat));
          }
        }
      }
    } catch (RuntimeException e) {
      return List.of();
    }
    return images;
  }

  @Override
  public void close() {
    encoded.close();
    bytes.close();
  }
}
