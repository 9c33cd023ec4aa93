package io.github.rtmjava.video;

import io.github.rtmjava.files.NativeLibrary;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The way to FFmpeg's libraries, which are kept quiet and small for the whole process. */
final class Ffmpeg {
  /** The largest picture that is decoded: what level 6.2 of H.264 allows, a little above 8K. */
  static final long MAX_PIXELS = 8192L * 4352;

  /**
   * The most that FFmpeg allocates at once, bytes: one picture of {@link #MAX_PIXELS} in 16 bits
   * and four channels, with its margins. A made-up index does not fill the memory.
   */
  private static final long MAX_ALLOCATION = MAX_PIXELS * 8 + (16 << 20);

  private static final int REASON_LENGTH = 256;

  private static final NativeLibrary LIBRARY = NativeLibrary.of("FFmpeg", Ffmpeg::begin);

  private Ffmpeg() {}

  private static void begin() {
    Loader.load(avutil.class);
    Loader.load(avcodec.class);
    Loader.load(avformat.class);
    Loader.load(swscale.class);
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avutil.av_max_alloc(MAX_ALLOCATION);
  }

  /**
   * Loads the libraries, before any other call.
   *
   * @throws UnsatisfiedLinkError if they do not load here
   */
  static void load() {
    LIBRARY.require();
  }

  /**
   * Loads the libraries for a video of this name.
   *
   * @throws VideoException if they do not load here
   */
  static void loadFor(String name) throws VideoException {
    try {
      load();
    } catch (LinkageError e) {
      throw new VideoException(
          "%s: expected FFmpeg's libraries for this system, found that %s"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** A name for FFmpeg, which the caller closes. */
  static BytePointer text(String text) {
    return new BytePointer(text, StandardCharsets.UTF_8);
  }

  /** What FFmpeg says of an error code. */
  static String reason(int error) {
    try (BytePointer text = new BytePointer(REASON_LENGTH)) {
      avutil.av_strerror(error, text, REASON_LENGTH);
      return text.limit(BytePointer.strlen(text)).getString(StandardCharsets.UTF_8);
    }
  }

  /** A frame with memory of its own, which the caller frees. */
  static AVFrame picture(int width, int height, int format) {
    AVFrame picture = allocated(avutil.av_frame_alloc());
    picture.width(width).height(height).format(format);
    if (avutil.av_frame_get_buffer(picture, 0) < 0) {
      avutil.av_frame_free(picture);
      throw new OutOfMemoryError("FFmpeg has no memory for a %sx%s frame".formatted(width, height));
    }
    return picture;
  }

  /** Fails where FFmpeg could not allocate. */
  static <T extends Pointer> T allocated(@Nullable T pointer) {
    if (pointer == null || pointer.isNull()) {
      throw new OutOfMemoryError("FFmpeg has no more memory");
    }
    return pointer;
  }
}
