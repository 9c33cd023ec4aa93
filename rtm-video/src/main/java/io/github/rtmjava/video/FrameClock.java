package io.github.rtmjava.video;

/**
 * Times that strictly grow, made from whatever time stamps a video has. A stamp that grows is kept
 * as it is, however unevenly. A missing one becomes one frame after the last. One that does not
 * grow is put half a frame after the last; but where it lies more than a second back, as where
 * recordings were joined, the clock goes on: that frame comes one frame after the last, and those
 * after it follow from there.
 */
final class FrameClock {
  private static final double BREAK = 1;

  private final double step;
  private double last = Double.NaN;
  private double shift;
  private long repairs;

  /**
   * A clock that has not begun.
   *
   * @param step seconds from frame to frame, usually
   */
  FrameClock(double step) {
    this.step = step;
  }

  /** The time of the next frame, whose stamp says this; NaN for a frame without a stamp. */
  double next(double stamp) {
    double time = stamp + shift;
    if (Double.isNaN(last)) {
      last = Double.isNaN(time) ? 0 : time;
    } else if (time > last) {
      last = time;
    } else {
      repairs++;
      if (Double.isNaN(time)) {
        last += step;
      } else if (last - time > BREAK) {
        last += step;
        shift = last - stamp;
      } else {
        last += step / 2;
      }
    }
    return last;
  }

  /** How many times it had to make up. */
  long repairs() {
    return repairs;
  }
}
