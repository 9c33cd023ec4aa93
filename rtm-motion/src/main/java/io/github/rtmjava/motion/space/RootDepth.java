package io.github.rtmjava.motion.space;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far from the camera somebody stands, who is known to be so tall. A network of one camera
 * gives columns, rows and depths relative to the root; the farther the root, the larger the body
 * that looks like this. Immutable.
 *
 * <p>The distance is as wrong as the focal length is, in the same proportion; the body's size and
 * posture do not depend on it.
 */
public final class RootDepth {
  private static final double NEAREST = 0.2;
  private static final double FARTHEST = 200;
  private static final int STEPS = 50;

  private final BodyHeight body;
  private final Landmarks landmarks;
  private final double height;

  private RootDepth(BodyHeight body, Landmarks landmarks, double height) {
    this.body = body;
    this.landmarks = landmarks;
    this.height = height;
  }

  /**
   * For somebody of a set.
   *
   * @param height of the person standing, in metres, above 0
   * @param minScore a person with a lower score at a keypoint that is measured has no depth
   * @return empty for a set that has no {@link BodyHeight}
   */
  public static Optional<RootDepth> of(KeypointSet set, double height, float minScore) {
    if (!(height > 0) || !Double.isFinite(height)) {
      throw new IllegalArgumentException("expected a height above 0 in metres, found " + height);
    }
    return Landmarks.of(set)
        .map(
            landmarks ->
                new RootDepth(BodyHeight.of(set, minScore).orElseThrow(), landmarks, height));
  }

  /**
   * The depth of the middle of the hips at which the person is as tall as known.
   *
   * @param person with 3D keypoints in the camera's frame, or in the frame relative to the root
   * @param camera that took the picture; its root depth does not matter
   * @return metres, 0.2 to 200; empty where a keypoint is not seen or no such depth does it
   */
  public OptionalDouble metres(PersonPose person, Camera camera) {
    if (!body.isMeasurable(person)) {
      return OptionalDouble.empty();
    }
    float[][] xy = person.keypoints();
    float[] relative = relative(person.keypoints3d());
    double near = NEAREST;
    double far = FARTHEST;
    if (body.metres(placed(xy, relative, camera, far)) < height
        || body.metres(placed(xy, relative, camera, near)) > height) {
      return OptionalDouble.empty();
    }
    for (int step = 0; step < STEPS; step++) {
      double middle = (near + far) / 2;
      if (body.metres(placed(xy, relative, camera, middle)) < height) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return OptionalDouble.of((near + far) / 2);
  }

  /**
   * The person at another distance: every keypoint stays where it is in the picture and keeps its
   * depth relative to the root.
   *
   * @param person with 3D keypoints in the camera's frame, or in the frame relative to the root
   * @param camera that took the picture; its root depth does not matter
   * @param metres depth of the middle of the hips
   * @return with 3D keypoints in the camera's frame
   */
  public PersonPose place(PersonPose person, Camera camera, double metres) {
    float[] relative = relative(person.keypoints3d());
    return person.withKeypoints3d(placed(person.keypoints(), relative, camera, metres));
  }

  private float[] relative(float[][] xyz) {
    double root = Landmarks.middle(xyz, landmarks.hips())[2];
    float[] out = new float[xyz.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (xyz[i][2] - root);
    }
    return out;
  }

  private static float[][] placed(float[][] xy, float[] relative, Camera camera, double root) {
    float[][] out = new float[xy.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = camera.place(xy[i][0], xy[i][1], root + relative[i]);
    }
    return out;
  }
}
