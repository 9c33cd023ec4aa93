package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** The frames of a file, a stream or a camera. */
final class DecodedFrames implements Frames {
  /** Pixels that are wider or higher than this, against the other side, are a mistake. */
  private static final double MOST_STRETCH = 8;

  /** Seconds from frame to frame where nothing is said. */
  private static final double USUAL_STEP = 1.0 / 25;

  /** Key frames that are tried before everything is decoded. */
  private static final int MOST_SEEKS = 8;

  /** Seconds by which a time may be off through rounding. */
  static final double ROUNDING = 1e-6;

  /** Seconds at the end that must be missing before it is worth a word. */
  private static final double LEAST_MISSING = 0.5;

  private static final double LEAST_MISSING_WITH_SOUND = 5;

  private final Owned owned;
  private final Input input;
  private final Patience patience;
  private final Demuxer demuxer;
  private final Decoder decoder;
  private final BgrConverter converter;
  private final VideoInfo info;
  private final Damage damage = new Damage();
  private final FrameClock clock;
  private final double unit;

  private long origin;
  private double start;

  /** Frames before the start, where they were counted; otherwise negative. */
  private long before = -1;

  private long index = -1;
  private double time;
  private boolean ended;

  private DecodedFrames(Owned owned, Input input, int threads, Patience patience)
      throws VideoException {
    this.owned = owned;
    this.input = input;
    this.patience = patience;
    demuxer = owned.add(Demuxer.open(input, patience), Demuxer::close);
    AVCodecParameters stored = demuxer.video().codecpar();
    int width = shownWidth(demuxer);
    int height = stored.height();
    check(input.name(), stored.width(), height);
    check(input.name(), width, height);
    Turn turn = turn(stored);
    info = describe(input, demuxer, turn, width, height);
    decoder = owned.add(Decoder.open(demuxer, threads, damage, input.name()), Decoder::close);
    converter = owned.add(new BgrConverter(width, height, turn), BgrConverter::close);
    clock = new FrameClock(info.frameRate() > 0 ? 1 / info.frameRate() : USUAL_STEP);
    unit = avutil.av_q2d(demuxer.video().time_base());
    origin = demuxer.live() ? avutil.AV_NOPTS_VALUE : demuxer.video().start_time();
  }

  /**
   * Opens an input.
   *
   * @throws VideoException if it is no video that can be decoded
   */
  static DecodedFrames open(Input input, int threads, Patience patience) throws VideoException {
    Owned owned = new Owned();
    try {
      return new DecodedFrames(owned, input, threads, patience);
    } catch (VideoException | RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  private static void check(String name, int width, int height) throws VideoException {
    if (width < 1 || height < 1) {
      throw new VideoException(
          String.format(
              Locale.ROOT,
              "%s: expected a video, found one without any picture of up to %.1f megapixels",
              name,
              Ffmpeg.MAX_PIXELS / 1e6));
    }
    long pixels = (long) width * height;
    if (pixels > Ffmpeg.MAX_PIXELS) {
      throw new VideoException(
          String.format(
              Locale.ROOT,
              "%s: expected a video of at most %.1f megapixels, found %s x %s; scale it down first",
              name,
              Ffmpeg.MAX_PIXELS / 1e6,
              width,
              height));
    }
    if (pixels * 3 > Runtime.getRuntime().maxMemory()) {
      throw new VideoException(
          "%s: a frame of %s x %s needs %s MB of memory, found less; give java a larger -Xmx"
              .formatted(name, width, height, pixels * 3 / 1_000_000 + 1));
    }
  }

  /** Width in square pixels, which is how players show pixels that are not. */
  private static int shownWidth(Demuxer demuxer) {
    int width = demuxer.video().codecpar().width();
    try (AVRational pixel =
        avformat.av_guess_sample_aspect_ratio(demuxer.context(), demuxer.video(), null)) {
      double stretch = pixel.den() > 0 ? avutil.av_q2d(pixel) : 0;
      return stretch < 1 / MOST_STRETCH || stretch > MOST_STRETCH
          ? width
          : (int) Math.max(1, Math.round(width * stretch));
    }
  }

  private static Turn turn(AVCodecParameters stored) {
    AVPacketSideData matrix =
        avcodec.av_packet_side_data_get(
            stored.coded_side_data(),
            stored.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    return matrix == null || matrix.isNull()
        ? Turn.NONE
        : Turn.of(matrix.data().capacity(matrix.size()).asByteBuffer());
  }

  private static VideoInfo describe(
      Input input, Demuxer demuxer, Turn turn, int width, int height) {
    AVStream video = demuxer.video();
    double duration = 0;
    if (!demuxer.live() && video.duration() > 0) {
      duration = video.duration() * avutil.av_q2d(video.time_base());
    } else if (!demuxer.live() && demuxer.context().duration() > 0) {
      duration = (double) demuxer.context().duration() / avutil.AV_TIME_BASE;
    }
    return new VideoInfo(
        input.name(),
        turn.width(width, height),
        turn.height(width, height),
        rate(video),
        demuxer.live() ? 0 : Math.max(0, video.nb_frames()),
        duration,
        turn.degrees(),
        demuxer.live(),
        demuxer.context().iformat().name().getString(),
        avcodec.avcodec_get_name(video.codecpar().codec_id()).getString(),
        demuxer.audioCodec());
  }

  private static double rate(AVStream video) {
    for (AVRational rate : List.of(video.avg_frame_rate(), video.r_frame_rate())) {
      if (rate.num() > 0 && rate.den() > 0) {
        return avutil.av_q2d(rate);
      }
    }
    return 0;
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  /**
   * Finds by the packets alone how many frames come before, and decodes from the last key frame.
   * Only formats that know their key frames exactly are skipped in; of the others, and of those
   * with missing stamps, everything is decoded and the beginning left out.
   */
  @Override
  public void skipTo(double seconds) {
    skipTo(seconds, -1);
  }

  /**
   * The same where somebody counted already.
   *
   * @param known how many frames come before; negative where nobody knows
   */
  void skipTo(double seconds, long known) {
    start = seconds;
    if (!knowsKeyFrames()) {
      return;
    }
    AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc());
    try {
      before = known < 0 ? countBefore(seconds, packet) : known;
      if (before < 0 || seekKey(stampOf(seconds), packet) == avutil.AV_NOPTS_VALUE) {
        before = -1;
        demuxer.seek(origin);
      }
    } finally {
      avcodec.av_packet_free(packet);
    }
    decoder.flush();
  }

  /** Whether it can go to any of its key frames, and knows when each is shown. */
  boolean knowsKeyFrames() {
    return !demuxer.live()
        && origin != avutil.AV_NOPTS_VALUE
        && info.format().matches("mov,.*|matroska,.*")
        && demuxer.context().pb().seekable() != 0;
  }

  /** Its packets, for who reads them instead of the frames. */
  Demuxer packets() {
    return demuxer;
  }

  /** How many frames are shown before a time; negative if the packets do not tell. */
  private long countBefore(double seconds, AVPacket packet) {
    long count = jump(seconds, packet);
    boolean earlier = true;
    while (earlier && demuxer.read(packet)) {
      if (packet.pts() == avutil.AV_NOPTS_VALUE || packet.dts() == avutil.AV_NOPTS_VALUE) {
        count = Long.MIN_VALUE;
      } else if (isBefore(packet.pts(), seconds)
          && (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0) {
        count++;
      }
      // No frame is shown before it is decoded.
      earlier = count >= 0 && isBefore(packet.dts(), seconds);
      avcodec.av_packet_unref(packet);
    }
    return count;
  }

  /**
   * Goes to the last key frame before a time where the file's own index lists every frame.
   *
   * @return how many frames come before; 0, and it stays at the beginning, where there is no such
   *     index
   */
  private long jump(double seconds, AVPacket packet) {
    AVStream video = demuxer.video();
    int entries = avformat.avformat_index_get_entries_count(video);
    if (!info.format().startsWith("mov,") || entries == 0 || entries != info.frames()) {
      return 0;
    }
    long key = seekKey(stampOf(seconds), packet);
    int entry =
        key == avutil.AV_NOPTS_VALUE
            ? -1
            : avformat.av_index_search_timestamp(video, key, avformat.AVSEEK_FLAG_ANY);
    if (entry < 0) {
      demuxer.seek(origin);
      return 0;
    }
    long count = 0;
    for (int i = 0; i < entry; i++) {
      int flags = avformat.avformat_index_get_entry(video, i).flags();
      count += (flags & AVIndexEntry.AVINDEX_DISCARD_FRAME) == 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * Goes to the last key frame that is shown up to a time stamp. Formats look for one that is
   * decoded up to it, which may be shown after it, and after frames that need the one before.
   *
   * @return when it is decoded; {@link avutil#AV_NOPTS_VALUE} if none was found
   */
  private long seekKey(long stamp, AVPacket packet) {
    long to = stamp;
    for (int i = 0; i < MOST_SEEKS && demuxer.seek(to) && demuxer.read(packet); i++) {
      long shown = packet.pts();
      long decoded = packet.dts();
      avcodec.av_packet_unref(packet);
      if (shown == avutil.AV_NOPTS_VALUE || decoded == avutil.AV_NOPTS_VALUE) {
        return avutil.AV_NOPTS_VALUE;
      } else if (shown <= stamp) {
        return demuxer.seek(to) ? decoded : avutil.AV_NOPTS_VALUE;
      }
      to = decoded - 1;
    }
    return avutil.AV_NOPTS_VALUE;
  }

  private long stampOf(double seconds) {
    return origin + (long) Math.ceil((seconds - ROUNDING) / unit);
  }

  private boolean isBefore(long stamp, double seconds) {
    return seconds(stamp) < seconds - ROUNDING;
  }

  @Override
  public boolean next() {
    while (!ended) {
      if (!decoder.next()) {
        ended = true;
        return false;
      }
      AVFrame frame = decoder.frame();
      if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
        damage.patched();
      }
      time = clock.next(stamp(frame));
      boolean early = start > 0 && time < start - ROUNDING;
      if (before < 0) {
        index++;
      } else if (!early) {
        index = index < 0 ? before : index + 1;
      }
      if (!early) {
        return true;
      }
    }
    return false;
  }

  /** Seconds from the source's start. */
  double seconds(long stamp) {
    return (stamp - origin) * unit;
  }

  /** Seconds from the source's start; NaN where it has no stamp. */
  private double stamp(AVFrame frame) {
    long stamp = frame.best_effort_timestamp();
    if (stamp == avutil.AV_NOPTS_VALUE) {
      return Double.NaN;
    }
    if (origin == avutil.AV_NOPTS_VALUE) {
      origin = stamp;
    }
    return seconds(stamp);
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public double time() {
    return time;
  }

  @Override
  public @Nullable Image image() {
    Image image = converter.convert(decoder.frame());
    if (image == null) {
      damage.unconvertible();
    }
    return image;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(damage.lines());
    if (clock.repairs() > 0) {
      problems.add(
          "%s time stamps were missing or did not grow, and were made up"
              .formatted(clock.repairs()));
    }
    if (ended && !patience.stopped()) {
      String end = end();
      if (!end.isEmpty()) {
        problems.add(end);
      }
    }
    return problems;
  }

  /** What is wrong with where it ended; empty if nothing is. */
  private String end() {
    double reached = time + (info.frameRate() > 0 ? 1 / info.frameRate() : 0);
    double missing = info.duration() - reached;
    if (demuxer.silent()) {
      return "nothing came for %s s".formatted(input.patience().toSeconds());
    } else if (start <= 0 && info.frames() > damage.packets()) {
      return "the end is missing: its header says %s frames, %s are there"
          .formatted(info.frames(), damage.packets());
    } else if (info.frames() == 0 && missing > tolerance()) {
      return String.format(
          Locale.ROOT,
          "the end is missing: its header says %.1f s, %.1f are there",
          info.duration(),
          reached);
    } else if (demuxer.failed()) {
      return String.format(Locale.ROOT, "reading failed after %.1f s", reached);
    }
    return "";
  }

  /** Seconds that may be missing where frames are not counted; sound may well be the longer. */
  double tolerance() {
    return info.hasAudio()
        ? Math.max(LEAST_MISSING_WITH_SOUND, info.duration() / 5)
        : Math.max(LEAST_MISSING, info.duration() / 20);
  }

  @Override
  public void close() {
    owned.close();
  }
}
