package io.github.rtmjava.output.format.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several numbers over the frames of a video, kept as the least and the most in each of at most
 * some hundred stretches of frames; the stretches double whenever there are too many.
 */
final class Curves {
  /** More than a drawing has columns of pixels. */
  private static final int MOST = 1024;

  private final int count;
  private final List<Stretch> stretches = new ArrayList<>();
  private long first;
  private long length = 1;
  private int frames;

  /** Numbers of some consecutive frames. */
  private record Stretch(long index, double time, float[] least, float[] most) {
    Stretch with(Stretch later, long index) {
      float[] low = least.clone();
      float[] high = most.clone();
      for (int i = 0; i < low.length; i++) {
        low[i] = least(low[i], later.least[i]);
        high[i] = -least(-high[i], -later.most[i]);
      }
      return new Stretch(index, time, low, high);
    }

    /** The smaller one, or the one that is a number. */
    private static float least(float a, float b) {
      return Float.isNaN(a) || b < a ? b : a;
    }
  }

  /**
   * One number over time.
   *
   * @param times in seconds, never less than the one before
   * @param values NaN where the line breaks
   */
  record Line(double[] times, double[] values) {
    boolean isEmpty() {
      return Arrays.stream(values).allMatch(Double::isNaN);
    }
  }

  Curves(int count) {
    this.count = count;
  }

  /** Frames that were added. */
  int frames() {
    return frames;
  }

  /**
   * Adds the numbers of a later frame.
   *
   * @param values NaN for none
   */
  void add(long frame, double time, float[] values) {
    if (frames++ == 0) {
      first = frame;
    }
    while ((frame - first) / length >= MOST) {
      halve();
    }
    long index = (frame - first) / length;
    Stretch now = new Stretch(index, time, values.clone(), values.clone());
    int last = stretches.size() - 1;
    if (last >= 0 && stretches.get(last).index == index) {
      stretches.set(last, stretches.get(last).with(now, index));
    } else {
      stretches.add(now);
    }
  }

  private void halve() {
    length *= 2;
    List<Stretch> old = List.copyOf(stretches);
    stretches.clear();
    for (Stretch stretch : old) {
      long index = stretch.index / 2;
      int last = stretches.size() - 1;
      if (last >= 0 && stretches.get(last).index == index) {
        stretches.set(last, stretches.get(last).with(stretch, index));
      } else {
        stretches.add(new Stretch(index, stretch.time, stretch.least, stretch.most));
      }
    }
  }

  /**
   * One of the numbers: through the least and the most of each stretch. It breaks where frames are
   * missing for more than three times the usual distance, and where an angle leaps by three
   * quarters of a turn or more, which is the same angle counted from the other side.
   */
  Line line(int which) {
    if (which < 0 || which >= count) {
      throw new IndexOutOfBoundsException(which);
    }
    double usual = usualDistance();
    List<double[]> points = new ArrayList<>();
    double time = Double.NaN;
    double value = Double.NaN;
    for (Stretch stretch : stretches) {
      float low = stretch.least[which];
      float high = stretch.most[which];
      if (Float.isNaN(low)) {
        continue;
      }
      if (stretch.time - time > 3 * usual || Math.abs(low - value) >= 270) {
        points.add(new double[] {stretch.time, Double.NaN});
      }
      points.add(new double[] {stretch.time, low});
      if (high > low) {
        points.add(new double[] {stretch.time, high});
      }
      time = stretch.time;
      value = low;
    }
    return new Line(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  private double usualDistance() {
    double[] distances = new double[Math.max(0, stretches.size() - 1)];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = stretches.get(i + 1).time - stretches.get(i).time;
    }
    Arrays.sort(distances);
    return distances.length == 0 ? Double.POSITIVE_INFINITY : distances[distances.length / 2];
  }
}
