package io.github.rtmjava.server.camera;

import io.github.rtmjava.video.VideoInfo;
import java.util.concurrent.TimeUnit;

/**
 * When frames are due. Cameras give them when they are taken; files give them at once, and streams
 * in pieces (HLS) several seconds at a time: those are played at the rate at which they were taken.
 */
final class Pace {
  /** Seconds by which frames may be late before those after them are due later too. */
  private static final double LATE = 1;

  /** Seconds that nobody waits for a frame: its stamp has leapt. */
  private static final double LEAP = 10;

  private static final double FASTEST = 60;
  private static final double USUAL = 25;

  private final boolean needed;
  private double start = Double.NaN;

  private Pace(boolean needed) {
    this.needed = needed;
  }

  static Pace of(VideoInfo info) {
    return new Pace(!info.live() || info.format().startsWith("hls"));
  }

  /** Waits until a file may begin anew. */
  static void afterTheLast(VideoInfo info) throws InterruptedException {
    double rate = info.frameRate() > 0 ? Math.min(info.frameRate(), FASTEST) : USUAL;
    TimeUnit.NANOSECONDS.sleep((long) (1e9 / rate));
  }

  /** Waits until a frame is due. */
  void await(double time) throws InterruptedException {
    if (needed) {
      long nanos = (long) (1e9 * secondsUntil(time, System.nanoTime() / 1e9));
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  /**
   * How long a frame has to wait.
   *
   * @param time of the frame, seconds
   * @param now seconds of a clock
   * @return seconds, from 0 on
   */
  double secondsUntil(double time, double now) {
    double left = start + time - now;
    if (!(left >= -LATE && left <= LEAP)) {
      start = now - time;
      return 0;
    }
    return Math.max(0, left);
  }
}
