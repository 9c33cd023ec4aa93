package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * Decoded frames as upright pictures of one size, in the colours that the stream states. Where it
 * states no colour matrix, BT.709 is taken for pictures of 720 lines or 1280 columns and more, and
 * BT.601 for smaller ones, as players do; full range only where it is stated. High dynamic range is
 * not tone-mapped.
 */
final class BgrConverter implements AutoCloseable {
  private static final int HIGH_DEFINITION_WIDTH = 1280;
  private static final int HIGH_DEFINITION_HEIGHT = 720;

  /** 1 in swscale's numbers of 16 fractional bits. */
  private static final int ONE = 1 << 16;

  private final int width;
  private final int height;
  private final Turn turn;
  private final AVFrame target;
  private final ByteBuffer pixels;
  private SwsContext scaler = new SwsContext(null);
  private Kind kind = new Kind(0, 0, 0, 0, 0);

  /**
   * For pictures of this size before they are turned.
   *
   * @param width with square pixels
   */
  BgrConverter(int width, int height, Turn turn) {
    this.width = width;
    this.height = height;
    this.turn = turn;
    target = Ffmpeg.picture(width, height, avutil.AV_PIX_FMT_BGR24);
    pixels = target.data(0).capacity((long) target.linesize(0) * height).asByteBuffer();
  }

  /** The upright picture of a frame; null where there is no way from its pixels to a picture. */
  @Nullable Image convert(AVFrame frame) {
    Kind found = Kind.of(frame);
    if (!found.equals(kind)) {
      prepare(found);
    }
    if (scaler.isNull() || swscale.sws_scale_frame(scaler, target, frame) < 0) {
      return null;
    }
    return Image.owning(
        turn.width(width, height),
        turn.height(width, height),
        turn.upright(pixels, target.linesize(0), width, height));
  }

  private void prepare(Kind source) {
    swscale.sws_freeContext(scaler);
    kind = source;
    SwsContext made =
        swscale.sws_getContext(
            source.width,
            source.height,
            source.format,
            width,
            height,
            avutil.AV_PIX_FMT_BGR24,
            swscale.SWS_BICUBIC,
            null,
            null,
            (DoublePointer) null);
    scaler = made == null ? new SwsContext(null) : made;
    if (!scaler.isNull()) {
      IntPointer matrix = swscale.sws_getCoefficients(source.matrix);
      swscale.sws_setColorspaceDetails(scaler, matrix, source.range, matrix, 1, 0, ONE, ONE);
    }
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    avutil.av_frame_free(target);
  }

  /** What decides how a frame is converted; {@code range} is 1 for full. */
  private record Kind(int width, int height, int format, int matrix, int range) {
    static Kind of(AVFrame frame) {
      int matrix =
          switch (frame.colorspace()) {
            case avutil.AVCOL_SPC_BT709 -> swscale.SWS_CS_ITU709;
            case avutil.AVCOL_SPC_FCC -> swscale.SWS_CS_FCC;
            case avutil.AVCOL_SPC_BT470BG, avutil.AVCOL_SPC_SMPTE170M -> swscale.SWS_CS_ITU601;
            case avutil.AVCOL_SPC_SMPTE240M -> swscale.SWS_CS_SMPTE240M;
            case avutil.AVCOL_SPC_BT2020_NCL, avutil.AVCOL_SPC_BT2020_CL -> swscale.SWS_CS_BT2020;
            default -> usual(frame.width(), frame.height());
          };
      return new Kind(frame.width(), frame.height(), frame.format(), matrix, full(frame) ? 1 : 0);
    }

    private static boolean full(AVFrame frame) {
      int format = frame.format();
      return frame.color_range() == avutil.AVCOL_RANGE_JPEG
          || format == avutil.AV_PIX_FMT_YUVJ420P
          || format == avutil.AV_PIX_FMT_YUVJ422P
          || format == avutil.AV_PIX_FMT_YUVJ444P
          || format == avutil.AV_PIX_FMT_YUVJ440P
          || format == avutil.AV_PIX_FMT_YUVJ411P;
    }
  }

  /** The matrix of a video that states none. */
  static int usual(int width, int height) {
    return width >= HIGH_DEFINITION_WIDTH || height >= HIGH_DEFINITION_HEIGHT
        ? swscale.SWS_CS_ITU709
        : swscale.SWS_CS_ITU601;
  }
}
