package io.github.rtmjava.video;

import io.github.rtmjava.web.Redirects;
import java.io.Serializable;
import java.time.Duration;

/**
 * Which frames of a video are read, and how.
 *
 * @param start seconds; earlier frames are left out
 * @param end seconds; frames from there on are left out
 * @param stride of the frames from {@code start} on every so many-th is given, the first one
 *     included
 * @param maxFrames how many are given at most
 * @param threads that decode; 0 lets FFmpeg take one for each processor
 * @param patience how long a stream or a camera may give nothing before it counts as ended
 * @param redirects which are followed
 */
public record VideoOptions(
    double start,
    double end,
    int stride,
    long maxFrames,
    int threads,
    Duration patience,
    Redirects redirects)
    implements Serializable {
  private static final VideoOptions ALL =
      new VideoOptions(
          0,
          Double.POSITIVE_INFINITY,
          1,
          Long.MAX_VALUE,
          0,
          Duration.ofSeconds(15),
          Redirects.PUBLIC);

  public VideoOptions {
    if (!(start >= 0) || !Double.isFinite(start) || !(end > start)) {
      throw new IllegalArgumentException(
          "expected a start from 0 s on and a later end, found %s s and %s s"
              .formatted(start, end));
    }
    if (stride < 1 || maxFrames < 1) {
      throw new IllegalArgumentException(
          "expected a stride and a number of frames above 0, found %s and %s"
              .formatted(stride, maxFrames));
    }
    if (threads < 0) {
      throw new IllegalArgumentException(
          "expected a number of threads, or 0 for one per processor, found " + threads);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("expected a patience above 0, found " + patience);
    }
  }

  /**
   * Every frame; one decoding thread for each processor; 15 seconds of patience; redirects to
   * public hosts.
   */
  public static VideoOptions all() {
    return ALL;
  }

  /** With another start, in seconds. */
  public VideoOptions withStart(double seconds) {
    return new VideoOptions(seconds, end, stride, maxFrames, threads, patience, redirects);
  }

  /** With another end, in seconds. */
  public VideoOptions withEnd(double seconds) {
    return new VideoOptions(start, seconds, stride, maxFrames, threads, patience, redirects);
  }

  /** With every so many-th frame. */
  public VideoOptions withStride(int frames) {
    return new VideoOptions(start, end, frames, maxFrames, threads, patience, redirects);
  }

  /** With so many frames at most. */
  public VideoOptions withMaxFrames(long frames) {
    return new VideoOptions(start, end, stride, frames, threads, patience, redirects);
  }

  /** With so many decoding threads; 0 for one per processor. */
  public VideoOptions withThreads(int number) {
    return new VideoOptions(start, end, stride, maxFrames, number, patience, redirects);
  }

  /** With another patience for streams and cameras. */
  public VideoOptions withPatience(Duration time) {
    return new VideoOptions(start, end, stride, maxFrames, threads, time, redirects);
  }

  /** With other redirects that are followed. */
  public VideoOptions withRedirects(Redirects followed) {
    return new VideoOptions(start, end, stride, maxFrames, threads, patience, followed);
  }

  /**
   * How many frames of a video these are, as far as it says how long it is; 0 where nobody knows.
   */
  public long expected(VideoInfo info) {
    double rate = info.frameRate();
    double all = info.frames() > 0 ? info.frames() : info.duration() * rate;
    double count = Math.ceil(Math.max(0, Math.min(all, end * rate) - start * rate) / stride);
    return (long) Math.min(count, (double) maxFrames);
  }
}
