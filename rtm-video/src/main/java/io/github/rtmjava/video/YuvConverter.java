package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Pictures as an encoder takes them: planes of 4:2:0 in limited range. Odd sides grow by one pixel,
 * a copy of the last column or row.
 */
final class YuvConverter implements AutoCloseable {
  private static final int CHANNELS = 3;
  private static final int ONE = 1 << 16;

  private final int width;
  private final int height;
  private final AVFrame source;
  private final ByteBuffer pixels;
  private final AVFrame target;
  private final SwsContext scaler;

  YuvConverter(int width, int height) {
    this.width = width;
    this.height = height;
    int evenWidth = even(width);
    int evenHeight = even(height);
    source = Ffmpeg.picture(evenWidth, evenHeight, avutil.AV_PIX_FMT_BGR24);
    pixels = source.data(0).capacity((long) source.linesize(0) * evenHeight).asByteBuffer();
    target = Ffmpeg.picture(evenWidth, evenHeight, avutil.AV_PIX_FMT_YUV420P);
    scaler =
        Ffmpeg.allocated(
            swscale.sws_getContext(
                evenWidth,
                evenHeight,
                avutil.AV_PIX_FMT_BGR24,
                evenWidth,
                evenHeight,
                avutil.AV_PIX_FMT_YUV420P,
                // Without these, every second pixel's colour counts for nothing.
                swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INP,
                null,
                null,
                (DoublePointer) null));
    IntPointer matrix = swscale.sws_getCoefficients(BgrConverter.usual(evenWidth, evenHeight));
    swscale.sws_setColorspaceDetails(scaler, matrix, 1, matrix, 0, 0, ONE, ONE);
  }

  /** The smallest even number from here on. */
  static int even(int side) {
    return side + side % 2;
  }

  /** The planes of a picture, valid until the next one. */
  AVFrame convert(Image image) {
    ByteBuffer bgr = image.buffer();
    int row = CHANNELS * width;
    int stride = source.linesize(0);
    for (int y = 0; y < height; y++) {
      pixels.put(y * stride, bgr, y * row, row);
      if (width % 2 != 0) {
        pixels.put(y * stride + row, bgr, (y + 1) * row - CHANNELS, CHANNELS);
      }
    }
    if (height % 2 != 0) {
      pixels.put(height * stride, pixels, (height - 1) * stride, CHANNELS * even(width));
    }
    if (avutil.av_frame_make_writable(target) < 0
        || swscale.sws_scale_frame(scaler, target, source) < 0) {
      throw new OutOfMemoryError("FFmpeg has no memory to convert a picture");
    }
    return target;
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    avutil.av_frame_free(target);
    avutil.av_frame_free(source);
  }
}
