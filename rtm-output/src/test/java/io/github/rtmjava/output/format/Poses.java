package io.github.rtmjava.output.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Keypoints by frame and person, as written and as read again. */
public record Poses(Map<Key, double[][]> points) {
  /**
   * Who is where.
   *
   * @param frame index of the frame in its source
   * @param id of the person
   */
  public record Key(long frame, int id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return frame != other.frame
          ? Long.compare(frame, other.frame)
          : Integer.compare(id, other.id);
    }
  }

  public Poses() {
    this(new TreeMap<>());
  }

  public void put(long frame, int id, double[][] keypoints) {
    points.put(new Key(frame, id), keypoints);
  }

  /** x and y in pixels. */
  static Poses flat(List<PoseFrame> frames) {
    return of(frames, (person, k) -> widen(person.keypoints()[k]));
  }

  /** Metres in the recording's frame. */
  static Poses deep(List<PoseFrame> frames) {
    return of(frames, (person, k) -> widen(person.keypoints3d()[k]));
  }

  /** Metres in the recording's frame, NaN where the score says that nothing was found. */
  static Poses found(List<PoseFrame> frames) {
    return of(
        frames,
        (person, k) ->
            person.scores()[k] > 0
                ? widen(person.keypoints3d()[k])
                : new double[] {Double.NaN, Double.NaN, Double.NaN});
  }

  private static Poses of(List<PoseFrame> frames, BiFunction<PersonPose, Integer, double[]> point) {
    Poses poses = new Poses();
    for (PoseFrame frame : frames) {
      for (PersonPose person : frame.result().persons()) {
        double[][] keypoints = new double[person.size()][];
        for (int k = 0; k < keypoints.length; k++) {
          keypoints[k] = point.apply(person, k);
        }
        poses.put(frame.index(), person.id().orElseThrow(), keypoints);
      }
    }
    return poses;
  }

  /** The same with Y up turned into the camera's frame, or the other way round. */
  Poses turned() {
    Poses out = new Poses();
    points.forEach(
        (key, keypoints) ->
            out.points.put(
                key,
                Arrays.stream(keypoints)
                    .map(p -> new double[] {p[0], -p[1], -p[2]})
                    .toArray(double[][]::new)));
    return out;
  }

  void assertSameAs(Poses other, double tolerance) {
    assertEquals(points.keySet(), other.points.keySet());
    points.forEach(
        (key, expected) -> {
          double[][] found = other.points.get(key);
          assertEquals(expected.length, found.length, key::toString);
          for (int k = 0; k < expected.length; k++) {
            int at = k;
            assertArrayEquals(expected[k], found[k], tolerance, () -> key + ", keypoint " + at);
          }
        });
  }

  private static double[] widen(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }
}
