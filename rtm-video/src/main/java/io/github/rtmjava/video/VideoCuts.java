package io.github.rtmjava.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Cuts video files by time, soon behind key frames where there are some, into parts that can be
 * read beside each other and together give every frame once.
 *
 * <p>A file is read once for that, without being decoded. It stays in one part where its packets do
 * not tell exactly which frames there are: in formats other than MP4, MOV, Matroska and WebM, where
 * time stamps are missing or come twice, and where something of it is missing.
 *
 * @param seconds of a part, about; longer where key frames are much further apart
 * @param unit how many frames of a video belong together, at least 1: a part begins with a whole
 *     multiple of so many, counted from the first frame that is read
 * @param lead frames that each part but the first begins with before its own, a multiple of what
 *     belongs together
 */
public record VideoCuts(double seconds, ToIntFunction<VideoInfo> unit, int lead) {
  /** Parts that may lie between a key frame and a cut, which the part behind it decodes too. */
  private static final int MOST_DECODED_TWICE = 4;

  public VideoCuts {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("expected parts of more than 0 s, found " + seconds);
    }
  }

  /**
   * The parts in their order, at least one.
   *
   * @param source a file, or one that is stored; others stay whole
   * @param options which frames of the whole are read
   * @throws VideoException if it cannot be opened
   */
  public List<VideoPart> of(VideoSource source, VideoOptions options) throws VideoException {
    Ffmpeg.loadFor(source.name());
    Input input;
    if (source instanceof VideoSource.File file && !WebpFrames.claims(file.path())) {
      input = Input.of(file);
    } else if (source instanceof VideoSource.Stored stored) {
      input = Input.of(stored);
    } else {
      return List.of(VideoPart.whole(options));
    }
    try (Patience patience = new Patience(Duration.ZERO);
        DecodedFrames frames = DecodedFrames.open(input, 1, patience)) {
      Stamps stamps = frames.knowsKeyFrames() ? Stamps.of(frames) : null;
      return stamps == null || !stamps.exact
          ? List.of(VideoPart.whole(options))
          : parts(frames, stamps, options);
    }
  }

  private List<VideoPart> parts(DecodedFrames frames, Stamps stamps, VideoOptions options) {
    int first = stamps.firstFrom(frames, options.start());
    int end = stamps.endBefore(frames, options.end());
    int stride = options.stride();
    long given = Math.min(options.maxFrames(), Math.max(0, (end - first + stride - 1L) / stride));
    int multiple = Math.max(1, unit.applyAsInt(frames.info()));
    int leading = (lead + multiple - 1) / multiple * multiple;
    double rate = frames.info().frameRate() / stride;
    long least = Math.max(multiple, Math.round(Math.min(seconds * rate, Integer.MAX_VALUE)));
    TreeSet<Long> keys = new TreeSet<>();
    for (long key : stamps.keys) {
      long behind = Math.max(0, stamps.place(key) - first + stride - 1) / stride;
      keys.add((behind + multiple - 1) / multiple * multiple);
    }
    List<Long> begins = begins(given, (least + multiple - 1) / multiple * multiple, keys);
    List<VideoPart> parts = new ArrayList<>();
    for (int i = 0; i < begins.size(); i++) {
      boolean last = i + 1 == begins.size();
      long begin = begins.get(i);
      int ahead = (int) Math.min(begin, leading);
      int from = Math.toIntExact(first + (begin - ahead) * stride);
      VideoOptions own = options;
      if (begin > ahead) {
        own = own.withEnd(Double.POSITIVE_INFINITY).withStart(frames.seconds(stamps.shown[from]));
      }
      own =
          last
              ? own.withEnd(options.end())
              : own.withEnd(
                  frames.seconds(
                      stamps.shown[Math.toIntExact(first + begins.get(i + 1) * stride)]));
      if (options.maxFrames() < Long.MAX_VALUE) {
        own = own.withMaxFrames(Math.max(1, options.maxFrames() - begin + ahead));
      }
      long to = last ? given : begins.get(i + 1);
      parts.add(new VideoPart(own, from, ahead, to - begin));
    }
    return parts;
  }

  /**
   * Which of the given frames parts begin with.
   *
   * @param least frames of a part
   * @param keys those that come soon behind a key frame
   */
  private static List<Long> begins(long given, long least, NavigableSet<Long> keys) {
    List<Long> begins = new ArrayList<>();
    Long next = 0L;
    while (next != null && (begins.isEmpty() || given - next > least / 2)) {
      begins.add(next);
      long soonest = next + least;
      Long ahead = keys.ceiling(soonest);
      Long behind = keys.floor(soonest);
      boolean near =
          (ahead == null || ahead >= soonest + least)
              && behind != null
              && soonest - behind <= MOST_DECODED_TWICE * least;
      next = near ? Long.valueOf(soonest) : ahead;
    }
    return begins;
  }

  /** When frames are shown, in the order of that, as the packets tell. */
  private static final class Stamps {
    private long[] shown = new long[1024];
    private long[] keys = new long[64];
    private int count;
    private int keyCount;
    private boolean exact = true;

    static Stamps of(DecodedFrames frames) {
      Stamps stamps = new Stamps();
      AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc());
      long packets = 0;
      try {
        while (stamps.exact && frames.packets().read(packet)) {
          packets++;
          stamps.add(packet);
          avcodec.av_packet_unref(packet);
        }
      } finally {
        avcodec.av_packet_free(packet);
      }
      // VP8 hides frames that are shown to nobody among the others.
      stamps.exact &=
          !frames.packets().failed()
              && packets >= frames.info().frames()
              && !frames.info().videoCodec().equals("vp8");
      stamps.sort();
      stamps.exact &= stamps.count > 0 && !stamps.lacksEnd(frames);
      return stamps;
    }

    private boolean lacksEnd(DecodedFrames frames) {
      VideoInfo info = frames.info();
      double reached = frames.seconds(shown[count - 1]);
      return info.frames() == 0 && info.duration() - reached > frames.tolerance();
    }

    private void add(AVPacket packet) {
      int flags = packet.flags();
      if (packet.pts() == avutil.AV_NOPTS_VALUE
          || packet.dts() == avutil.AV_NOPTS_VALUE
          || (flags & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
        exact = false;
      } else if ((flags & avcodec.AV_PKT_FLAG_DISCARD) == 0) {
        shown = with(shown, count++, packet.pts());
        if ((flags & avcodec.AV_PKT_FLAG_KEY) != 0) {
          keys = with(keys, keyCount++, packet.pts());
        }
      }
    }

    private static long[] with(long[] values, int at, long value) {
      long[] longer = at < values.length ? values : Arrays.copyOf(values, 2 * at);
      longer[at] = value;
      return longer;
    }

    private void sort() {
      shown = Arrays.copyOf(shown, count);
      keys = Arrays.copyOf(keys, keyCount);
      Arrays.sort(shown);
      Arrays.sort(keys);
      for (int i = 1; i < count; i++) {
        exact &= shown[i] > shown[i - 1];
      }
    }

    /** How many frames are shown before that one. */
    int place(long stamp) {
      return Arrays.binarySearch(shown, stamp);
    }

    /** The first frame that is not before a time. */
    int firstFrom(DecodedFrames frames, double start) {
      int at = 0;
      while (start > 0
          && at < count
          && frames.seconds(shown[at]) < start - DecodedFrames.ROUNDING) {
        at++;
      }
      return at;
    }

    /** The first frame that is at a time or after it, behind the last one of those before. */
    int endBefore(DecodedFrames frames, double end) {
      int at = count;
      while (at > 0 && frames.seconds(shown[at - 1]) >= end) {
        at--;
      }
      return at;
    }
  }
}
