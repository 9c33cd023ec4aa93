package io.github.rtmjava.motion.smooth;

import java.io.Serializable;
import java.util.Optional;

/**
 * How people are made smooth. {@link #of} and the {@code with...} methods make others.
 *
 * @param kind the filter
 * @param cutoff in Hz, of {@link Butterworth} and {@link Gaussian}, and at rest of {@link OneEuro};
 *     above 0
 * @param window number of frames of {@link Median} and {@link SavitzkyGolay}; odd
 * @param beta see {@link OneEuro}; the scale is a person's height
 * @param maxGap gaps of at most so many seconds, from the frame before to the frame after, are
 *     filled; 0 for none
 * @param minScore keypoints with a lower score count as missing where a gap as long may be filled
 * @param outliers whether single values that do not belong count as missing, see {@link Hampel}
 */
public record SmoothOptions(
    SmoothKind kind,
    double cutoff,
    int window,
    double beta,
    double maxGap,
    double minScore,
    boolean outliers)
    implements Serializable {
  private static final double BETA = 6;
  private static final double MAX_GAP = 0.4;
  private static final double MIN_SCORE = 0.3;

  /** Without a lag, for whole videos. */
  public static final SmoothOptions OFFLINE = of(SmoothKind.BUTTERWORTH);

  /** Without a look ahead, for live sources. */
  public static final SmoothOptions LIVE = of(SmoothKind.ONE_EURO);

  public SmoothOptions {
    Requirements.positive("a cutoff in Hz", cutoff);
    if (!(maxGap >= 0) || !Double.isFinite(maxGap)) {
      throw new IllegalArgumentException("expected a gap from 0 seconds on, found " + maxGap);
    }
    if (!Double.isFinite(minScore)) {
      throw new IllegalArgumentException("expected a finite least score, found " + minScore);
    }
    filter(kind, cutoff, window, beta);
  }

  /** A filter with what is right for people who move, see {@code docs/smoothing.md}. */
  public static SmoothOptions of(SmoothKind kind) {
    return new SmoothOptions(
        kind, usualCutoff(kind), usualWindow(kind), BETA, MAX_GAP, MIN_SCORE, true);
  }

  public SmoothOptions withCutoff(double hertz) {
    return new SmoothOptions(kind, hertz, window, beta, maxGap, minScore, outliers);
  }

  public SmoothOptions withWindow(int frames) {
    return new SmoothOptions(kind, cutoff, frames, beta, maxGap, minScore, outliers);
  }

  public SmoothOptions withBeta(double other) {
    return new SmoothOptions(kind, cutoff, window, other, maxGap, minScore, outliers);
  }

  public SmoothOptions withMaxGap(double seconds) {
    return new SmoothOptions(kind, cutoff, window, beta, seconds, minScore, outliers);
  }

  public SmoothOptions withMinScore(double score) {
    return new SmoothOptions(kind, cutoff, window, beta, maxGap, score, outliers);
  }

  public SmoothOptions withOutliers(boolean removed) {
    return new SmoothOptions(kind, cutoff, window, beta, maxGap, minScore, removed);
  }

  /** The filter itself; empty for {@link SmoothKind#NONE}. */
  public Optional<SignalFilter> filter() {
    return filter(kind, cutoff, window, beta);
  }

  private static double usualCutoff(SmoothKind kind) {
    return switch (kind) {
      case ONE_EURO -> 2;
      case GAUSSIAN -> 4;
      case BUTTERWORTH, MEDIAN, SAVGOL, NONE -> 6;
    };
  }

  private static int usualWindow(SmoothKind kind) {
    return kind == SmoothKind.SAVGOL ? 9 : 5;
  }

  private static Optional<SignalFilter> filter(
      SmoothKind kind, double cutoff, int window, double beta) {
    return switch (kind) {
      case BUTTERWORTH -> Optional.of(new Butterworth(cutoff));
      case ONE_EURO -> Optional.of(new OneEuro(cutoff, beta));
      case GAUSSIAN -> Optional.of(new Gaussian(cutoff));
      case MEDIAN -> Optional.of(new Median(window));
      case SAVGOL -> Optional.of(new SavitzkyGolay(window));
      case NONE -> Optional.empty();
    };
  }
}
