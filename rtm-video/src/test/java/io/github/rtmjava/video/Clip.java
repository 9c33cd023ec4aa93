package io.github.rtmjava.video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * Makes videos of all kinds, which our own writer does not: any codec, pixel format, matrix, range,
 * pixel shape and rotation, with a tone. Every picture has a red, a green, a blue and a grey
 * quarter, from the left to the right and from the top to the bottom.
 */
final class Clip {
  static final int RED = 0xc02020;
  static final int GREEN = 0x20c020;
  static final int BLUE = 0x2020c0;
  static final int GREY = 0xa0a0a0;

  private static final int UNIT = 90_000;
  private static final int SAMPLE_RATE = 44_100;
  private static final double TONE = 440;

  private final Path file;
  private int width = 64;
  private int height = 48;
  private String codec = "ffv1";
  private int format = avutil.AV_PIX_FMT_YUV420P;
  private int matrix = avutil.AVCOL_SPC_UNSPECIFIED;
  private boolean full;
  private boolean reordered;
  private int[] pixel = {0, 1};
  private int[] display = {};
  private double[] times = {0, 0.04, 0.08, 0.12};
  private double sound;
  private String soundCodec = "aac";

  Clip(Path file) {
    Ffmpeg.load();
    this.file = file;
  }

  Clip size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    return this;
  }

  Clip codec(String name) {
    codec = name;
    return this;
  }

  /** Of planes of 8 or more bits: blue and red differences after luma. */
  Clip format(int pixelFormat) {
    format = pixelFormat;
    return this;
  }

  /** A matrix that the file states. */
  Clip colours(int space, boolean fullRange) {
    matrix = space;
    full = fullRange;
    return this;
  }

  /** Shape of a pixel. */
  Clip pixel(int wide, int high) {
    pixel = new int[] {wide, high};
    return this;
  }

  /** The upper left of the display matrix: what x and y of the stored picture become. */
  Clip display(int a, int b, int c, int d) {
    int one = 1 << 16;
    display = new int[] {a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30};
    return this;
  }

  /** With frames that are decoded after the one that is shown after them. */
  Clip reordered() {
    reordered = true;
    return this;
  }

  Clip times(double... seconds) {
    times = seconds;
    return this;
  }

  /** A tone of so many seconds. */
  Clip sound(String codecName, double seconds) {
    soundCodec = codecName;
    sound = seconds;
    return this;
  }

  /** Writes it; {@code times()} of no numbers give a file of sound alone. */
  Path write() {
    AVFormatContext out = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(out, null, (String) null, file.toString()));
    AVCodecContext video = times.length == 0 ? null : addVideo(out);
    AVCodecContext tone = sound == 0 ? null : addSound(out);
    AVIOContext io = new AVIOContext(null);
    check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
    out.pb(io);
    check(avformat.avformat_write_header(out, (AVDictionary) null));
    AVPacket packet = avcodec.av_packet_alloc();
    if (video != null) {
      AVFrame frame = Ffmpeg.picture(width, height, format);
      for (double time : times) {
        check(avutil.av_frame_make_writable(frame));
        paint(frame);
        frame.pts(Math.round(time * UNIT));
        encode(video, frame, packet, out, 0);
      }
      encode(video, null, packet, out, 0);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(video);
    }
    if (tone != null) {
      sing(tone, packet, out, video == null ? 0 : 1);
      avcodec.avcodec_free_context(tone);
    }
    check(avformat.av_write_trailer(out));
    avcodec.av_packet_free(packet);
    avformat.avio_closep(io);
    avformat.avformat_free_context(out);
    return file;
  }

  private AVCodecContext addVideo(AVFormatContext out) {
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name(codec);
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    context.width(width).height(height).pix_fmt(format).colorspace(matrix);
    context.color_range(full ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    context.time_base(avutil.av_make_q(1, codec.equals("mpeg4") ? 30_000 : UNIT));
    context
        .framerate(avutil.av_make_q(25, 1))
        .gop_size(reordered ? 9 : 4)
        .max_b_frames(reordered ? 2 : 0)
        .bit_rate(4_000_000);
    context.sample_aspect_ratio(avutil.av_make_q(pixel[0], pixel[1])).thread_count(1);
    context.strict_std_compliance(avcodec.FF_COMPLIANCE_EXPERIMENTAL);
    header(out, context);
    check(avcodec.avcodec_open2(context, encoder, (AVDictionary) null));
    AVStream stream = avformat.avformat_new_stream(out, null);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), context));
    stream.time_base(context.time_base());
    stream.avg_frame_rate(context.framerate());
    stream.sample_aspect_ratio(context.sample_aspect_ratio());
    if (display.length > 0) {
      AVPacketSideData side = stream.codecpar().coded_side_data();
      side = side == null ? new AVPacketSideData(null) : side;
      try (IntPointer count = new IntPointer(1)) {
        count.put(0);
        AVPacketSideData added =
            avcodec.av_packet_side_data_new(
                side, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 4L * display.length, 0);
        new IntPointer(added.data()).put(display, 0, display.length);
        stream.codecpar().coded_side_data(side).nb_coded_side_data(count.get());
      }
    }
    return context;
  }

  private AVCodecContext addSound(AVFormatContext out) {
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name(soundCodec);
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    context.sample_rate(SAMPLE_RATE).bit_rate(64_000).time_base(avutil.av_make_q(1, SAMPLE_RATE));
    context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
    avutil.av_channel_layout_default(context.ch_layout(), 1);
    header(out, context);
    check(avcodec.avcodec_open2(context, encoder, (AVDictionary) null));
    AVStream stream = avformat.avformat_new_stream(out, null);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), context));
    stream.time_base(context.time_base());
    return context;
  }

  private static void header(AVFormatContext out, AVCodecContext context) {
    if ((out.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  private void sing(AVCodecContext tone, AVPacket packet, AVFormatContext out, int stream) {
    int size = tone.frame_size() > 0 ? tone.frame_size() : 1024;
    AVFrame frame = avutil.av_frame_alloc();
    frame.nb_samples(size).format(tone.sample_fmt()).sample_rate(SAMPLE_RATE);
    avutil.av_channel_layout_default(frame.ch_layout(), 1);
    check(avutil.av_frame_get_buffer(frame, 0));
    for (long at = 0; at < sound * SAMPLE_RATE; at += size) {
      check(avutil.av_frame_make_writable(frame));
      FloatBuffer samples =
          frame
              .data(0)
              .capacity(4L * size)
              .asByteBuffer()
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int i = 0; i < size; i++) {
        samples.put(i, (float) (0.3 * Math.sin(2 * Math.PI * TONE * (at + i) / SAMPLE_RATE)));
      }
      frame.pts(at);
      encode(tone, frame, packet, out, stream);
    }
    encode(tone, null, packet, out, stream);
    avutil.av_frame_free(frame);
  }

  private void encode(
      AVCodecContext context, AVFrame frame, AVPacket packet, AVFormatContext out, int stream) {
    if (frame != null && stream == 0 && times.length > 0) {
      frame.pts(
          Math.round(frame.pts() * avutil.av_q2d(avutil.av_inv_q(context.time_base())) / UNIT));
      frame.sample_aspect_ratio(context.sample_aspect_ratio());
      frame.colorspace(matrix).color_range(context.color_range());
    }
    check(avcodec.avcodec_send_frame(context, frame));
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      packet.stream_index(stream);
      avcodec.av_packet_rescale_ts(packet, context.time_base(), out.streams(stream).time_base());
      check(avformat.av_interleaved_write_frame(out, packet));
    }
  }

  private void paint(AVFrame frame) {
    AVPixFmtDescriptor planes = avutil.av_pix_fmt_desc_get(format);
    int depth = planes.comp(0).depth();
    for (int plane = 0; plane < 3; plane++) {
      int shiftX = plane == 0 ? 0 : planes.log2_chroma_w();
      int shiftY = plane == 0 ? 0 : planes.log2_chroma_h();
      int columns = -(-width >> shiftX);
      int rows = -(-height >> shiftY);
      int stride = frame.linesize(plane);
      ByteBuffer data = frame.data(plane).capacity((long) stride * rows).asByteBuffer();
      data.order(ByteOrder.nativeOrder());
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          boolean right = x << shiftX >= width / 2;
          boolean low = y << shiftY >= height / 2;
          int colour = low ? (right ? GREY : BLUE) : right ? GREEN : RED;
          int value = component(colour, plane, depth);
          if (depth > 8) {
            data.putShort(y * stride + 2 * x, (short) value);
          } else {
            data.put(y * stride + x, (byte) value);
          }
        }
      }
    }
  }

  /** Luma or a colour difference by the definitions of BT.601 and BT.709. */
  private int component(int rgb, int plane, int depth) {
    double red = (rgb >> 16) / 255.0;
    double green = (rgb >> 8 & 0xff) / 255.0;
    double blue = (rgb & 0xff) / 255.0;
    boolean high = matrix == avutil.AVCOL_SPC_BT709;
    double ofRed = high ? 0.2126 : 0.299;
    double ofBlue = high ? 0.0722 : 0.114;
    double luma = ofRed * red + (1 - ofRed - ofBlue) * green + ofBlue * blue;
    double scale = 1 << (depth - 8);
    if (plane == 0) {
      return (int) Math.round(scale * (full ? 255 * luma : 16 + 219 * luma));
    }
    double difference =
        plane == 1 ? (blue - luma) / (2 - 2 * ofBlue) : (red - luma) / (2 - 2 * ofRed);
    return (int) Math.round(scale * (128 + (full ? 255 : 224) * difference));
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException(Ffmpeg.reason(result));
    }
  }
}
