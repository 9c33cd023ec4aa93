package io.github.rtmjava.image;

import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * A picture in native memory, for the detector and the crops alike: uploaded when it is first
 * needed, and kept until it is closed. For any number of threads. What uses it while it is closed
 * can go on to its end; only then the memory is given back.
 */
public final class NativePicture implements AutoCloseable {
  /** Of several pictures together, so many pixels are kept: about 100 MB. */
  static final long KEPT_PIXELS = 36_000_000;

  /** How many are uploaded and not closed, for tests. */
  static final AtomicInteger OPEN = new AtomicInteger();

  private final Image image;
  private final boolean kept;

  // Guarded by this.
  private @Nullable Mat uploaded;
  private boolean closed;

  private NativePicture(Image image, boolean kept) {
    this.image = image;
    this.kept = kept;
  }

  /** Of one picture. */
  public static NativePicture of(Image image) {
    return new NativePicture(image, /* kept= */ true);
  }

  /**
   * Of several pictures. Where they are large or many, only the first of them are kept, and the
   * others are uploaded each time that they are needed.
   */
  public static List<NativePicture> all(List<Image> images) {
    List<NativePicture> all = new ArrayList<>();
    long pixels = 0;
    for (Image image : images) {
      all.add(new NativePicture(image, pixels < KEPT_PIXELS));
      pixels += (long) image.width() * image.height();
    }
    return all;
  }

  /**
   * Lends pictures until what is made of them is there, has failed or is cancelled.
   *
   * @param use makes something of the pictures
   */
  public static <R> CompletableFuture<R> lend(
      List<Image> images, Function<List<NativePicture>, CompletableFuture<R>> use) {
    List<NativePicture> pictures = all(images);
    return Futures.closing(() -> use.apply(pictures), () -> closeAll(pictures));
  }

  /** Closes several pictures. */
  public static void closeAll(List<NativePicture> pictures) {
    Closer.closeAll(pictures.toArray(new NativePicture[0]));
  }

  /** What was uploaded, or is going to be. */
  public Image image() {
    return image;
  }

  /** Pixels from left to right. */
  public int width() {
    return image.width();
  }

  /** Pixels from top to bottom. */
  public int height() {
    return image.height();
  }

  /**
   * The pixels, for reading only; to be closed by the caller.
   *
   * @throws IllegalStateException if this picture is closed
   */
  synchronized Mat open() {
    if (closed) {
      throw new IllegalStateException("the picture is closed");
    }
    if (!kept) {
      return OpenCv.upload(image);
    }
    if (uploaded == null) {
      uploaded = OpenCv.upload(image);
      OPEN.incrementAndGet();
    }
    // OpenCV counts who uses the pixels.
    return new Mat(uploaded);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (uploaded != null) {
      uploaded.close();
      uploaded = null;
      OPEN.decrementAndGet();
    }
  }
}
