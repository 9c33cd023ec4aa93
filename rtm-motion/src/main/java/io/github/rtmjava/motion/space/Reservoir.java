package io.github.rtmjava.motion.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An even sample of everything that was added, of bounded size (Vitter's algorithm R). The same
 * additions leave the same sample.
 */
final class Reservoir<T> {
  private final int capacity;
  private final List<T> kept = new ArrayList<>();
  private final Random random = new Random(1);
  private long seen;

  Reservoir(int capacity) {
    this.capacity = capacity;
  }

  void add(T sample) {
    seen++;
    if (kept.size() < capacity) {
      kept.add(sample);
      return;
    }
    long place = random.nextLong(seen);
    if (place < capacity) {
      kept.set((int) place, sample);
    }
  }

  List<T> kept() {
    return kept;
  }

  /** The middle one of some numbers, or the mean of the middle two; NaN of none. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
