package io.github.rtmjava.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/**
 * The encoders that are tried, in this order. The LGPL build of FFmpeg has no x264: OpenH264 takes
 * its place, on all systems and with the same result everywhere. It ends at 9.4 megapixels; above,
 * what the system brings is tried, and MPEG-4 Part 2 at last, which every FFmpeg has.
 *
 * @param codec as FFmpeg calls it
 * @param title for people
 * @param unit parts of a second in its time stamps
 * @param options of it
 */
record VideoEncoder(String codec, String title, int unit, Map<String, String> options) {
  /** All rates in use come out even in it, those of NTSC included. */
  private static final int FINE = 120_000;

  /** The most that MPEG-4 Part 2 takes is 65,535. */
  private static final int COARSE = 60_000;

  /** What lets lines vanish without a trace where they no longer are, bits per pixel. */
  private static final double BITS_PER_PIXEL = 0.4;

  /** The option for the coarsest quantiser. */
  private static final String COARSEST = "qmax";

  private static final long LEAST_BITS = 1_000_000;
  private static final long MOST_BITS = 80_000_000;

  private static final List<VideoEncoder> ALL =
      List.of(
          // Coarser quantisers leave traces of moved lines on still ground until the next key
          // frame.
          new VideoEncoder(
              "libopenh264",
              "H.264",
              FINE,
              Map.of("rc_mode", "bitrate", "qmin", "10", COARSEST, "18")),
          new VideoEncoder("h264_videotoolbox", "H.264", FINE, Map.of("allow_sw", "1")),
          new VideoEncoder("h264_mf", "H.264", FINE, Map.of()),
          new VideoEncoder("mpeg4", "MPEG-4 Part 2", COARSE, Map.of("qmin", "2", COARSEST, "5")));

  /** An encoder that is ready, and which. */
  record Opened(VideoEncoder kind, AVCodecContext context) {}

  /**
   * The first that takes pictures of this size.
   *
   * @param width even
   * @param height even
   * @param globalHeader whether the file wants the codec's header in its own
   * @throws VideoException if none does
   */
  static Opened open(int width, int height, WriterOptions options, boolean globalHeader)
      throws VideoException {
    List<String> refused = new ArrayList<>();
    for (VideoEncoder encoder : ALL) {
      AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder.codec);
      if (codec == null) {
        continue;
      }
      AVCodecContext context = encoder.prepare(codec, width, height, options, globalHeader);
      AVDictionary dictionary = new AVDictionary(null);
      encoder
          .settings(options)
          .forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
      int opened = avcodec.avcodec_open2(context, codec, dictionary);
      avutil.av_dict_free(dictionary);
      if (opened >= 0) {
        return new Opened(encoder, context);
      }
      avcodec.avcodec_free_context(context);
      refused.add("%s: %s".formatted(encoder.codec, Ffmpeg.reason(opened)));
    }
    throw new VideoException(
        "expected an encoder for %s x %s pixels, found none that takes them (%s)"
            .formatted(width, height, String.join("; ", refused)));
  }

  private AVCodecContext prepare(
      AVCodec codec, int width, int height, WriterOptions options, boolean globalHeader) {
    AVCodecContext context = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec));
    boolean high = BgrConverter.usual(width, height) == swscale.SWS_CS_ITU709;
    context
        .width(width)
        .height(height)
        .pix_fmt(avutil.AV_PIX_FMT_YUV420P)
        .bit_rate(options.bitRate() > 0 ? options.bitRate() : bits(width, height, options))
        .gop_size((int) Math.max(1, Math.round(options.frameRate())))
        .max_b_frames(0)
        .thread_count(options.threads())
        .colorspace(high ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M)
        .color_primaries(high ? avutil.AVCOL_PRI_BT709 : avutil.AVCOL_PRI_SMPTE170M)
        .color_trc(high ? avutil.AVCOL_TRC_BT709 : avutil.AVCOL_TRC_SMPTE170M)
        .color_range(avutil.AVCOL_RANGE_MPEG);
    if (title.equals("H.264")) {
      context.profile(avcodec.AV_PROFILE_H264_HIGH);
    }
    if (globalHeader) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    try (AVRational tick = avutil.av_make_q(1, unit);
        AVRational rate = avutil.av_d2q(options.frameRate(), COARSE)) {
      context.time_base(tick).framerate(rate);
    }
    return context;
  }

  /** Who asks for few bits gets coarse pictures, not more bits. */
  private Map<String, String> settings(WriterOptions wanted) {
    Map<String, String> settings = new HashMap<>(options);
    if (wanted.bitRate() > 0) {
      settings.remove(COARSEST);
    }
    return settings;
  }

  private static long bits(int width, int height, WriterOptions options) {
    double bits = BITS_PER_PIXEL * width * height * options.frameRate();
    return Math.max(LEAST_BITS, Math.min(MOST_BITS, Math.round(bits)));
  }
}
