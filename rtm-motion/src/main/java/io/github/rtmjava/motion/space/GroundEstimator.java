package io.github.rtmjava.motion.space;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.List;
import java.util.Optional;

/**
 * Finds the floor from people who stand or walk on it: up is where their bodies point, on average;
 * the floor is where their lower feet are. Where they stand in several places, the floor through
 * their feet corrects the direction. Keeps at most some thousand samples, however long the video.
 * Not for use by several threads.
 *
 * <p>The floor is as right as the people's places are: with an assumed root depth its height is
 * that of an assumed camera.
 */
public final class GroundEstimator {
  /** Degrees by which trunk and legs of somebody upright may be out of line. */
  private static final double STRAIGHT = 20;

  private static final int CAPACITY = 4000;
  private static final int FEWEST = 10;

  private final Landmarks body;
  private final float minScore;
  private final Reservoir<Sample> samples = new Reservoir<>(CAPACITY);

  private GroundEstimator(Landmarks body, float minScore) {
    this.body = body;
    this.minScore = minScore;
  }

  /**
   * An estimator that has seen nobody.
   *
   * @param minScore of the keypoints that count
   * @return empty for a set without a whole body
   */
  public static Optional<GroundEstimator> of(KeypointSet set, float minScore) {
    return Landmarks.of(set).map(body -> new GroundEstimator(body, minScore));
  }

  /**
   * Looks at everybody in a frame. People without 3D keypoints, or not upright, do not count.
   *
   * @throws IllegalArgumentException if the frame is not in {@link Frame3d#CAMERA}
   */
  public void add(PoseFrame frame) {
    if (frame.result().frame() != Frame3d.CAMERA) {
      throw new IllegalArgumentException(
          "expected 3D keypoints in the frame camera to find a floor by, found "
              + frame.result().frame().id());
    }
    frame.result().persons().forEach(this::add);
  }

  private void add(PersonPose person) {
    float[] scores = person.scores();
    if (!person.has3d()
        || !Landmarks.seen(
            scores, minScore, body.shoulders(), body.hips(), body.knees(), body.ankles())) {
      return;
    }
    float[][] xyz = person.keypoints3d();
    double[] ankles = Landmarks.middle(xyz, body.ankles());
    double[] hips = Landmarks.middle(xyz, body.hips());
    double[] shoulders = Landmarks.middle(xyz, body.shoulders());
    boolean upright =
        Vec.degrees(Vec.minus(hips, ankles), Vec.minus(shoulders, hips)) < STRAIGHT
            && isStraight(xyz, 0)
            && isStraight(xyz, 1);
    if (!upright) {
      return;
    }
    double[] direction = Vec.unit(Vec.minus(shoulders, ankles));
    boolean feet = body.soles().length > 0 && Landmarks.seen(scores, minScore, body.soles());
    int[] lowest = feet ? body.soles() : body.ankles();
    // Ankles of somebody whose shoulders are so far above them; shoulders are at 0.818 of the
    // height.
    double above =
        feet
            ? 0
            : Vec.length(Vec.minus(shoulders, ankles))
                * (BodyHeight.ANKLE / (0.818 - BodyHeight.ANKLE));
    double[][] points = new double[lowest.length][];
    for (int i = 0; i < points.length; i++) {
      points[i] = Vec.of(xyz[lowest[i]]);
    }
    samples.add(new Sample(direction, points, above));
  }

  /** A leg bends while it walks, but less than while it squats. */
  private boolean isStraight(float[][] xyz, int side) {
    double[] knee = Vec.of(xyz[body.knees()[side]]);
    double[] thigh = Vec.minus(knee, Vec.of(xyz[body.hips()[side]]));
    double[] shank = Vec.minus(Vec.of(xyz[body.ankles()[side]]), knee);
    return Vec.degrees(thigh, shank) < 2 * STRAIGHT;
  }

  /**
   * Where the camera stands by all that was seen, its frame's X axis along the floor; empty until
   * ten people in ten frames were upright.
   */
  public Optional<WorldPose> estimate() {
    List<Sample> kept = samples.kept();
    if (kept.size() < FEWEST) {
      return Optional.empty();
    }
    double[] bodies = Directions.middle(kept.stream().map(Sample::direction).toList());
    FloorPlane plane = FloorPlane.fit(bodies, kept);
    return Optional.of(WorldPose.above(plane.up(), plane.height()));
  }

  /**
   * Somebody upright.
   *
   * @param direction from the ankles to the shoulders, of length 1
   * @param feet points that can be the lowest
   * @param above metres of these points above the sole
   */
  record Sample(double[] direction, double[][] feet, double above) {
    /** The point of the feet that is lowest. */
    double[] lowest(double[] up) {
      double[] best = feet[0];
      for (double[] point : feet) {
        best = Vec.dot(point, up) < Vec.dot(best, up) ? point : best;
      }
      return Vec.plus(best, -above, up);
    }
  }
}
