package io.github.rtmjava.video;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * An open file or stream: packets of one of its streams, at first the video, in the order of
 * decoding.
 */
final class Demuxer implements AutoCloseable {
  /** After so many failures in a row nothing more is expected. */
  private static final int MOST_FAILURES = 16;

  /** How long a camera without a new frame is left alone, nanoseconds. */
  private static final long PAUSE = 2_000_000;

  private final Input input;
  private final Patience patience;
  private final AVFormatContext context;
  private final @Nullable ChannelIo channel;
  private final AVStream video;
  private AVStream followed;
  private boolean failed;
  private boolean silent;

  private Demuxer(
      Input input,
      Patience patience,
      AVFormatContext context,
      @Nullable ChannelIo channel,
      AVStream video) {
    this.input = input;
    this.patience = patience;
    this.context = context;
    this.channel = channel;
    this.video = video;
    followed = video;
    dropOthers();
  }

  /**
   * Opens an input and finds its video stream.
   *
   * @throws VideoException if that cannot be
   */
  static Demuxer open(Input input, Patience patience) throws VideoException {
    Ffmpeg.loadFor(input.name());
    VideoSource.Stored stored = input.stored();
    if (stored == null) {
      return open(input, patience, null);
    }
    ChannelIo channel = ChannelIo.open(stored);
    try {
      return open(input, patience, channel);
    } catch (VideoException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static Demuxer open(Input input, Patience patience, @Nullable ChannelIo channel)
      throws VideoException {
    AVInputFormat device = device(input);
    AVFormatContext context = Ffmpeg.allocated(avformat.avformat_alloc_context());
    patience.watch(context);
    patience.begin();
    if (!input.device().isEmpty()) {
      context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
    }
    if (channel != null) {
      context.pb(channel.context());
    }
    AVDictionary options = new AVDictionary(null);
    try (BytePointer url = Ffmpeg.text(input.url())) {
      for (Map.Entry<String, String> option : input.options().entrySet()) {
        avutil.av_dict_set(options, option.getKey(), option.getValue(), 0);
      }
      int opened = avformat.avformat_open_input(context, url, device, options);
      if (opened < 0) { // which frees the context
        throw refused(input, patience, opened);
      }
    } finally {
      avutil.av_dict_free(options);
    }
    try {
      inspect(context);
      if (patience.over()) {
        throw refused(input, patience, avutil.AVERROR_EXIT);
      }
      return new Demuxer(input, patience, context, channel, findVideo(context, input));
    } catch (VideoException | RuntimeException | Error e) {
      avformat.avformat_close_input(context);
      throw e;
    }
  }

  /** A null pointer for what is no camera, which lets FFmpeg look for itself. */
  private static AVInputFormat device(Input input) throws VideoException {
    if (input.device().isEmpty()) {
      return new AVInputFormat(null);
    }
    try {
      Loader.load(avdevice.class);
      avdevice.avdevice_register_all();
    } catch (LinkageError e) {
      throw new VideoException(
          "%s: expected a camera, found that FFmpeg's part for cameras does not load (%s)"
              .formatted(input.name(), e.getMessage()),
          e);
    }
    AVInputFormat format = avformat.av_find_input_format(input.device());
    if (format == null) {
      throw new VideoException(
          "%s: expected a camera, found that this FFmpeg reads none here (no %s)"
              .formatted(input.name(), input.device()));
    }
    return format;
  }

  private static VideoException refused(Input input, Patience patience, int error) {
    String found;
    if (!input.device().isEmpty()) {
      return new VideoException(
          "%s: expected a camera, found none that opens (%s)"
              .formatted(input.name(), Ffmpeg.reason(error)));
    } else if (patience.stopped()) {
      found = "that its opening was stopped";
    } else if (patience.over()) {
      found = "no answer in %s s".formatted(input.patience().toSeconds());
    } else if (input.patience().isZero() || error == avutil.AVERROR_INVALIDDATA) {
      found = "another kind of file, or one without its beginning or end";
    } else {
      found = "that the address cannot be read (%s)".formatted(Ffmpeg.reason(error));
    }
    return new VideoException(
        "%s: expected a video (MP4, MOV, MKV, WebM, AVI, MPEG ...), found %s"
            .formatted(input.name(), found));
  }

  private static AVStream findVideo(AVFormatContext context, Input input) throws VideoException {
    int index =
        avformat.av_find_best_stream(
            context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    if (index < 0
        || (context.streams(index).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
      throw new VideoException(
          input.name() + ": expected a video, found a file without a video stream");
    }
    return context.streams(index);
  }

  private void dropOthers() {
    for (int i = 0; i < context.nb_streams(); i++) {
      boolean wanted = i == followed.index();
      context.streams(i).discard(wanted ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /** Gives the packets of the sound from now on; null, and nothing changes, where there is none. */
  @Nullable AVStream followSound() {
    int index =
        avformat.av_find_best_stream(
            context, avutil.AVMEDIA_TYPE_AUDIO, -1, video.index(), (PointerPointer<?>) null, 0);
    if (index < 0) {
      return null;
    }
    followed = context.streams(index);
    dropOthers();
    return followed;
  }

  /** Lets FFmpeg look into the streams, with the limit on pictures in each of their decoders. */
  private static void inspect(AVFormatContext context) {
    int streams = context.nb_streams();
    try (PointerPointer<Pointer> options = new PointerPointer<>(Math.max(1, streams))) {
      for (int i = 0; i < streams; i++) {
        AVDictionary limits = new AVDictionary(null);
        avutil.av_dict_set(limits, "max_pixels", Long.toString(Ffmpeg.MAX_PIXELS), 0);
        options.put(i, limits);
      }
      avformat.avformat_find_stream_info(context, options);
      for (int i = 0; i < streams; i++) {
        avutil.av_dict_free(new AVDictionary(options.get(i)));
      }
    }
  }

  AVFormatContext context() {
    return context;
  }

  AVStream video() {
    return video;
  }

  /** Whether frames come when they are taken: cameras, and streams without an end. */
  boolean live() {
    return input.live()
        || (!input.patience().isZero() && context.duration() == avutil.AV_NOPTS_VALUE);
  }

  /** Whether reading ended with a failure rather than with the file. */
  boolean failed() {
    return failed;
  }

  /** Whether reading ended because nothing came for too long, or because it was stopped. */
  boolean silent() {
    return silent;
  }

  /** Codec of the first sound; empty where there is none. */
  String audioCodec() {
    for (int i = 0; i < context.nb_streams(); i++) {
      if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
        return avcodec.avcodec_get_name(context.streams(i).codecpar().codec_id()).getString();
      }
    }
    return "";
  }

  /** Reads the next packet; false at the end, for whatever reason. */
  boolean read(AVPacket packet) {
    patience.begin();
    int failures = 0;
    while (failures < MOST_FAILURES && !patience.over()) {
      int result = avformat.av_read_frame(context, packet);
      if (result == 0) {
        if (packet.stream_index() == followed.index()) {
          return true;
        }
        avcodec.av_packet_unref(packet);
      } else if (result == avutil.AVERROR_EAGAIN()) {
        LockSupport.parkNanos(PAUSE);
      } else if (result == avutil.AVERROR_EOF && !patience.over()) {
        return false;
      } else if (result == avutil.AVERROR_EXIT) { // may be told one call later
        silent = true;
        break;
      } else {
        failures++;
      }
    }
    silent |= patience.over();
    failed = true;
    return false;
  }

  /** Goes to the last key frame up to a time stamp of the video; false where that is impossible. */
  boolean seek(long stamp) {
    patience.begin();
    return avformat.av_seek_frame(context, video.index(), stamp, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
    if (channel != null) {
      channel.close();
    }
  }
}
