package io.github.rtmjava.output.viewer;

/**
 * Numbers of one kind over time, as 16-bit multiples of a step above the least of them. What is
 * written are differences from one to the next, those between opposite signs folded together
 * (zigzag), first all low bytes and then all high bytes: deflate makes little of a smooth motion.
 */
final class Column {
  /** Stands for a number that is not finite. */
  static final int ABSENT = 0xffff;

  private static final int LARGEST = 0xfffe;

  private final float low;
  private final float step;

  private Column(float low, float step) {
    this.low = low;
    this.step = step;
  }

  /**
   * A column that holds certain numbers.
   *
   * @param finest no step is smaller: what is finer than the noise does not compress
   */
  static Column of(float[] values, int from, int stride, int count, float finest) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = values[from + i * stride];
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low > high
        ? new Column(0, finest)
        : new Column(low, Math.max(finest, (float) (((double) high - low) / LARGEST)));
  }

  float low() {
    return low;
  }

  float step() {
    return step;
  }

  int code(float value) {
    if (!Float.isFinite(value)) {
      return ABSENT;
    }
    return (int) Math.min(LARGEST, Math.max(0, Math.round(((double) value - low) / step)));
  }

  static int zigzag(int difference) {
    int d = (short) difference;
    return (d << 1) ^ (d >> 31);
  }
}
