package io.github.rtmjava.motion.smooth;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the way of one person smooth, looking ahead: short gaps are filled, keypoints in 2D and 3D
 * and the box filtered, each coordinate on its own. Immutable.
 */
public final class Smoother {
  /** Values nearer to their neighbours than so many body heights are no outliers. */
  private static final double LEAST_OUTLIER = 0.02;

  /** Body height in metres that speeds in 3D are relative to. */
  private static final double METRES = 1.7;

  private final SmoothOptions options;

  public Smoother(SmoothOptions options) {
    this.options = options;
  }

  /**
   * So many frames before and after a window make its result what it would be in the whole track,
   * but for a ten-millionth.
   *
   * @param rate frames in a second
   */
  public int margin(double rate) {
    int filter = options.filter().map(f -> f.margin(rate)).orElse(0);
    int gap = (int) Math.ceil(options.maxGap() * rate);
    return filter + 2 * gap + (options.outliers() ? Hampel.HALF_WINDOW : 0) + 2;
  }

  /**
   * The same frames with the person made smooth.
   *
   * @param track all frames of a part of the source, by growing times, also those that lack the
   *     person
   * @return one for each; a person in a frame that lacked them is said to be {@link
   *     PersonPose#interpolated()} and has the lower of the scores before and after; gaps longer
   *     than asked, and the ends, stay without
   */
  public List<TrackSample> smooth(List<TrackSample> track) {
    PersonPose example =
        track.stream().map(TrackSample::pose).filter(Objects::nonNull).findFirst().orElse(null);
    if (example == null) {
      return List.copyOf(track);
    }
    return new Work(track, example).result();
  }

  /** One track being made smooth. */
  private final class Work {
    private final List<TrackSample> track;
    private final List<@Nullable PersonPose> poses;
    private final double[] times;
    private final double[] heights;
    private final float[][][] points;
    private final float[][][] points3d;
    private final float[][] boxes;

    Work(List<TrackSample> track, PersonPose example) {
      this.track = track;
      times = track.stream().mapToDouble(TrackSample::time).toArray();
      for (int i = 1; i < times.length; i++) {
        if (!(times[i] > times[i - 1])) {
          throw new IllegalArgumentException(
              "expected frames in the order of their times, found %s s after %s s"
                  .formatted(times[i], times[i - 1]));
        }
      }
      poses = withGapsFilled(track, options.maxGap());
      points = new float[times.length][example.size()][2];
      points3d = new float[times.length][example.keypoints3d().length][3];
      boxes = new float[times.length][4];
      heights = smoothBoxes();
      smoothKeypoints(example);
    }

    List<TrackSample> result() {
      List<TrackSample> out = new ArrayList<>();
      for (int i = 0; i < times.length; i++) {
        PersonPose pose = poses.get(i);
        if (pose != null) {
          float[] b = boxes[i];
          pose =
              pose.withBbox(new Box(b[0], b[1], b[2], b[3]))
                  .withKeypoints(points[i])
                  .withKeypoints3d(points3d[i]);
        }
        out.add(track.get(i).with(pose));
      }
      return List.copyOf(out);
    }

    /** [n]: the heights of the boxes, at least 1. */
    private double[] smoothBoxes() {
      double[] ones = new double[times.length];
      Arrays.fill(ones, 1);
      double[] tall = smoothed(pose -> pose.bbox().height(), ones);
      for (int i = 0; i < tall.length; i++) {
        tall[i] = tall[i] >= 1 ? tall[i] : 1;
      }
      for (int side = 0; side < 4; side++) {
        int at = side;
        double[] values = smoothed(pose -> pose.bbox().toArray()[at], tall);
        for (int i = 0; i < values.length; i++) {
          boxes[i][side] = (float) values[i];
        }
      }
      return tall;
    }

    private double[] smoothed(ToDoubleFunction<PersonPose> part, double[] scales) {
      double[] values = new double[times.length];
      boolean[] counts = new boolean[values.length];
      for (int i = 0; i < values.length; i++) {
        PersonPose pose = track.get(i).pose();
        values[i] = pose == null ? Double.NaN : finiteOrNan(part.applyAsDouble(pose));
        counts[i] = !Double.isNaN(values[i]);
      }
      return new Coordinate(values, scales, scales).smooth(times, counts, options);
    }

    private void smoothKeypoints(PersonPose example) {
      float[][][] raw = new float[times.length][][];
      float[][][] raw3d = new float[times.length][][];
      float[][] scores = new float[times.length][];
      for (int i = 0; i < times.length; i++) {
        PersonPose pose = track.get(i).pose();
        raw[i] = pose == null ? new float[0][] : pose.keypoints();
        raw3d[i] = pose == null ? new float[0][] : pose.keypoints3d();
        scores[i] = pose == null ? new float[0] : pose.scores();
      }
      double[] metres = new double[times.length];
      Arrays.fill(metres, METRES);
      for (int k = 0; k < example.size(); k++) {
        boolean[] counts = new boolean[times.length];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = k < scores[i].length && scores[i][k] >= options.minScore();
        }
        smoothPoint(raw, points, k, counts, heights);
        if (example.has3d()) {
          smoothPoint(raw3d, points3d, k, counts, metres);
        }
      }
    }

    private void smoothPoint(
        float[][][] raw, float[][][] out, int k, boolean[] sure, double[] scales) {
      boolean[] counts = sure.clone();
      double[] least = new double[scales.length];
      for (int i = 0; i < least.length; i++) {
        least[i] = LEAST_OUTLIER * scales[i];
      }
      List<Coordinate> coordinates = new ArrayList<>();
      for (int axis = 0; axis < out[0][k].length; axis++) {
        double[] values = new double[times.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = k < raw[i].length ? finiteOrNan(raw[i][k][axis]) : Double.NaN;
          counts[i] &= !Double.isNaN(values[i]);
        }
        coordinates.add(new Coordinate(values, least, scales));
      }
      if (options.outliers()) {
        coordinates.forEach(c -> c.markOutliers(counts));
      }
      for (int axis = 0; axis < coordinates.size(); axis++) {
        double[] values = coordinates.get(axis).smooth(times, counts, options);
        for (int i = 0; i < values.length; i++) {
          out[i][k][axis] = (float) values[i];
        }
      }
    }
  }

  private static double finiteOrNan(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** Everybody found, and in short gaps somebody with the scores of its lower end. */
  private static List<@Nullable PersonPose> withGapsFilled(List<TrackSample> track, double maxGap) {
    List<@Nullable PersonPose> out = new ArrayList<>();
    TrackSample before = null;
    for (TrackSample sample : track) {
      PersonPose pose = sample.pose();
      if (pose != null) {
        PersonPose earlier = before == null ? null : before.pose();
        if (before != null && earlier != null && sample.time() - before.time() <= maxGap) {
          PersonPose between = between(earlier, pose);
          for (int i = out.size() - 1; out.get(i) == null; i--) {
            out.set(i, between);
          }
        }
        before = sample;
      }
      out.add(pose);
    }
    return out;
  }

  private static PersonPose between(PersonPose one, PersonPose other) {
    PersonPose made =
        new PersonPose(
                one.bbox(),
                Math.min(one.bboxScore(), other.bboxScore()),
                one.keypoints(),
                one.keypoints3d(),
                lower(one.scores(), other.scores()),
                lower(one.visibilities(), other.visibilities()))
            .asInterpolated();
    return one.id().isPresent() ? made.withId(one.id().getAsInt()) : made;
  }

  private static float[] lower(float[] one, float[] other) {
    float[] out = new float[one.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(one[i], other[i]);
    }
    return out;
  }
}
