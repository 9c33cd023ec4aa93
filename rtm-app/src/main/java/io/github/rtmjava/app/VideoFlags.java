package io.github.rtmjava.app;

import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.track.TrackerOptions;
import io.github.rtmjava.video.VideoOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code rtm infer} for videos, in the groups in which its help shows them. */
final class VideoFlags {
  private VideoFlags() {}

  /** Which frames of a file. */
  static class Choosing implements GroupedOptions.Group {
    /** Decoding needs few of the processors, which the networks want. */
    private static final int DECODING_PART = 4;

    @Option(
        names = "--start",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        description = "Where to begin: seconds, or as 1:02:03.5. Default: the first frame.")
    @Nullable Double start;

    @Option(
        names = "--end",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        description = "Where to end, likewise. Default: the last frame.")
    @Nullable Double end;

    @Option(
        names = "--stride",
        paramLabel = "N",
        description = "Only every N-th frame. Default: 1.")
    int stride = 1;

    @Option(
        names = "--max-frames",
        paramLabel = "N",
        description = "At most so many frames. Default: all of them.")
    @Nullable Long most;

    @Option(
        names = "--det-every",
        paramLabel = "N",
        description =
            "The detector looks at every N-th frame; in between people are looked for where their"
                + " last poses lead. Default: 1.")
    int detectEvery = 1;

    /**
     * Which frames are read.
     *
     * @throws IllegalArgumentException if a flag is out of range
     */
    VideoOptions options() {
      VideoOptions options =
          VideoOptions.all()
              .withThreads(Math.max(1, Processors.count() / DECODING_PART))
              .withStride(stride);
      if (start != null) {
        options = options.withStart(start);
      }
      if (end != null) {
        options = options.withEnd(end);
      }
      return most == null ? options : options.withMaxFrames(most);
    }

    /** Whether any flag means videos only, but for the one that makes videos of folders. */
    boolean any() {
      return start != null || end != null || stride != 1 || most != null || detectEvery != 1;
    }
  }

  /** Which frames. */
  static final class Frames extends Choosing {
    @Option(
        names = "--frame-rate",
        paramLabel = "FPS",
        description = "Takes each folder of pictures as one video with so many frames in a second.")
    @Nullable Double frameRate;

    @Option(names = "--audio", description = "Copies the sound into the video with the overlay.")
    boolean audio;

    @Override
    boolean any() {
      return audio || super.any();
    }
  }

  /** Who is who. */
  static final class Tracking implements GroupedOptions.Group {
    @Option(
        names = "--no-tracking",
        description = "Gives people no ids; they are then not smoothed either.")
    boolean off;

    @Option(
        names = "--max-age",
        paramLabel = "S",
        description = "For how many seconds somebody who is hidden is waited for. Default: 3.")
    @Nullable Double maxAge;

    @Option(
        names = "--min-hits",
        paramLabel = "N",
        description = "In how many frames somebody must be found to get an id. Default: 1.")
    @Nullable Integer minHits;

    /**
     * How people are recognised; null for not at all.
     *
     * @throws IllegalArgumentException if a flag is out of range
     */
    @Nullable TrackerOptions options() {
      if (off) {
        return null;
      }
      TrackerOptions options = TrackerOptions.DEFAULT;
      if (maxAge != null) {
        options = options.withMaxAge(maxAge);
      }
      return minHits == null ? options : options.withMinHits(minHits);
    }

    /** Whether any flag is there. */
    boolean any() {
      return off || maxAge != null || minHits != null;
    }
  }

  /** How even their ways are. */
  static final class Smoothing implements GroupedOptions.Group {
    @Option(
        names = "--smooth",
        paramLabel = "FILTER",
        description =
            "What makes people in videos smooth, in everything but the lines that are written while"
                + " it runs: ${COMPLETION-CANDIDATES}. Default: butterworth, which looks ahead;"
                + " one_euro for what is drawn of live sources.")
    @Nullable SmoothKind kind;

    @Option(
        names = "--smooth-cutoff",
        paramLabel = "HZ",
        description =
            "Movements faster than so many Hz are smoothed away (butterworth, gaussian; one_euro at"
                + " rest). Default: 6, 4 and 2.")
    @Nullable Double cutoff;

    @Option(
        names = "--smooth-window",
        paramLabel = "N",
        description = "Frames of a window (median, savgol), odd. Default: 5 and 9.")
    @Nullable Integer window;

    @Option(
        names = "--max-gap",
        paramLabel = "S",
        description =
            "Fills gaps of at most so many seconds in which somebody was not found. Default: 0.4.")
    @Nullable Double maxGap;

    /**
     * Of whole videos.
     *
     * @throws IllegalArgumentException if a flag is out of range
     */
    SmoothOptions offline() {
      return with(kind == null ? SmoothOptions.OFFLINE : SmoothOptions.of(kind));
    }

    /** Of what is drawn while it comes; a filter that looks ahead gives way to the usual one. */
    SmoothOptions live() {
      boolean lives =
          kind != null
              && SmoothOptions.of(kind).filter().map(f -> f.live().isPresent()).orElse(true);
      return lives ? offline() : SmoothOptions.LIVE;
    }

    private SmoothOptions with(SmoothOptions start) {
      SmoothOptions options = start;
      if (cutoff != null) {
        options = options.withCutoff(cutoff);
      }
      if (window != null) {
        options = options.withWindow(window);
      }
      return maxGap == null ? options : options.withMaxGap(maxGap);
    }

    /** Whether any flag is there. */
    boolean any() {
      return kind != null || cutoff != null || window != null || maxGap != null;
    }
  }
}
