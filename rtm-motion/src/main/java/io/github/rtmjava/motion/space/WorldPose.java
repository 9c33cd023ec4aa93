package io.github.rtmjava.motion.space;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera stands in the world: what leads from {@link Frame3d#CAMERA} to {@link
 * Frame3d#WORLD}. Immutable.
 */
public final class WorldPose implements Serializable {
  private static final long serialVersionUID = 1;

  /** How far from a unit length a direction or the rows of a rotation may be. */
  private static final double TOLERANCE = 1e-3;

  private final double[] right;
  private final double[] away;
  private final double[] up;
  private final double[] position;

  private WorldPose(double[] right, double[] away, double[] up, double[] position) {
    this.right = right;
    this.away = away;
    this.up = up;
    this.position = position;
  }

  /**
   * A camera held level (not rolled) above the floor.
   *
   * @param pitch degrees by which it looks downwards, -90 to 90
   * @param height above the floor in metres
   */
  public static WorldPose level(double pitch, double height) {
    if (!(Math.abs(pitch) <= 90)) {
      throw new IllegalArgumentException("expected a pitch of -90 to 90 degrees, found " + pitch);
    }
    double a = Math.toRadians(pitch);
    return above(new double[] {0, -Math.cos(a), -Math.sin(a)}, height);
  }

  /**
   * A camera above the floor.
   *
   * @param up [3], the direction against gravity in the camera's frame, of length 1
   * @param height of the camera above the floor in metres
   */
  public static WorldPose above(double[] up, double height) {
    if (up.length != 3 || !(Math.abs(Vec.length(up) - 1) < TOLERANCE)) {
      throw new IllegalArgumentException("expected an up direction of 3 numbers and length 1");
    }
    if (!Double.isFinite(height)) {
      throw new IllegalArgumentException("expected a finite height, found " + height);
    }
    double[] z = Vec.unit(up);
    double[] forward = {0, 0, 1};
    double[] along = Vec.plus(forward, -Vec.dot(forward, z), z);
    // A camera that looks straight down sees away from it at its upper edge.
    double[] y = Vec.unit(Vec.length(along) > 1e-6 ? along : new double[] {0, z[2], -z[1]});
    return new WorldPose(Vec.cross(y, z), y, z, new double[] {0, 0, height});
  }

  /**
   * A calibrated camera, in OpenCV's convention: a point of the world, turned by the rotation and
   * moved by the translation, is in the camera's frame.
   *
   * @param rotation [3], Rodrigues' vector in radians
   * @param translation [3] in metres
   */
  public static WorldPose ofExtrinsics(double[] rotation, double[] translation) {
    if (rotation.length != 3
        || translation.length != 3
        || !Double.isFinite(Vec.length(rotation) + Vec.length(translation))) {
      throw new IllegalArgumentException(
          "expected a rotation and a translation of 3 finite numbers each");
    }
    // The axes of the world in the camera's frame; the camera is where the world's point lands in
    // 0.
    double[] x = turned(rotation, new double[] {1, 0, 0});
    double[] y = turned(rotation, new double[] {0, 1, 0});
    double[] z = turned(rotation, new double[] {0, 0, 1});
    double[] position = {
      -Vec.dot(x, translation), -Vec.dot(y, translation), -Vec.dot(z, translation)
    };
    return new WorldPose(x, y, z, position);
  }

  /** Rodrigues' formula. */
  private static double[] turned(double[] rotation, double[] v) {
    double angle = Vec.length(rotation);
    if (angle == 0) {
      return v;
    }
    double[] axis = Vec.times(1 / angle, rotation);
    double[] turned = Vec.times(Math.cos(angle), v);
    turned = Vec.plus(turned, Math.sin(angle), Vec.cross(axis, v));
    return Vec.plus(turned, (1 - Math.cos(angle)) * Vec.dot(axis, v), axis);
  }

  /** [3]: the world's Z axis in the camera's frame. */
  public double[] up() {
    return up.clone();
  }

  /** [3]: where the camera is in the world, in metres. */
  public double[] position() {
    return position.clone();
  }

  /** Metres of the camera above the world's Z = 0, which is the floor. */
  public double height() {
    return position[2];
  }

  /** Degrees by which the camera looks downwards, -90 to 90. */
  public double pitch() {
    return -Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, up[2]))));
  }

  /** Degrees by which the picture's upper edge leans to the right of the vertical. */
  public double roll() {
    return -Math.toDegrees(Math.atan2(up[0], -up[1]));
  }

  /**
   * A point in the world.
   *
   * @param p [3] in metres in the camera's frame
   * @return [3] in metres
   */
  public float[] apply(float[] p) {
    double[] c = Vec.of(p);
    return new float[] {
      (float) (Vec.dot(right, c) + position[0]),
      (float) (Vec.dot(away, c) + position[1]),
      (float) (Vec.dot(up, c) + position[2])
    };
  }

  /** Somebody with 3D keypoints in the camera's frame, in the world. */
  public PersonPose apply(PersonPose person) {
    float[][] xyz = person.keypoints3d();
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = apply(xyz[i]);
    }
    return person.withKeypoints3d(xyz);
  }

  /**
   * Everybody in a picture, in the world.
   *
   * @throws IllegalStateException if they are not in {@link Frame3d#CAMERA}
   */
  public PoseResult apply(PoseResult result) {
    if (result.frame() != Frame3d.CAMERA) {
      throw new IllegalStateException(
          "expected 3D keypoints in the frame camera to bring into the world, found "
              + result.frame().id());
    }
    return new PoseResult(
        result.width(),
        result.height(),
        result.model(),
        Frame3d.WORLD,
        result.keypointSet(),
        result.persons().stream().map(this::apply).toList());
  }

  /** Whether it is the same place and direction, to the last bit. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WorldPose that
        && Arrays.equals(right, that.right)
        && Arrays.equals(away, that.away)
        && Arrays.equals(up, that.up)
        && Arrays.equals(position, that.position);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(right),
        Arrays.hashCode(away),
        Arrays.hashCode(up),
        Arrays.hashCode(position));
  }

  /** All that it knows. */
  @Override
  public String toString() {
    return "right %s, away %s, up %s, position %s"
        .formatted(
            Arrays.toString(right),
            Arrays.toString(away),
            Arrays.toString(up),
            Arrays.toString(position));
  }
}
