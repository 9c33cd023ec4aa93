package io.github.rtmjava.motion.angle;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;
import java.util.List;

/**
 * The angles that a set of keypoints allows. Where a set has no keypoint for them, the middle of
 * the hips and the neck are those of the hips and of the shoulders, and the head is the middle of
 * the ears. Immutable.
 */
public final class Angles {
  /** The score below which a keypoint counts as not seen, as in drawings. */
  public static final float DEFAULT_MIN_SCORE = 0.3f;

  private final KeypointSet set;
  private final float minScore;
  private final FacingVote vote;
  private final List<BodyAngle> list;
  private final int[][][] points;

  private Angles(KeypointSet set, float minScore) {
    this.set = set;
    this.minScore = minScore;
    this.vote = FacingVote.of(set, minScore);
    this.list =
        Arrays.stream(BodyAngle.values())
            .filter(angle -> Spot.HIP.in(set).isPresent())
            .filter(angle -> angle.spots().stream().allMatch(spot -> spot.in(set).isPresent()))
            .toList();
    this.points =
        list.stream()
            .map(
                angle ->
                    angle.spots().stream()
                        .map(spot -> spot.in(set).orElseThrow())
                        .toArray(int[][]::new))
            .toArray(int[][][]::new);
  }

  /** The angles of a set, from keypoints that score {@link #DEFAULT_MIN_SCORE} or more. */
  public static Angles of(KeypointSet set) {
    return of(set, DEFAULT_MIN_SCORE);
  }

  /**
   * The angles of a set.
   *
   * @param minScore an angle with a keypoint of a lower score is NaN
   */
  public static Angles of(KeypointSet set, float minScore) {
    return new Angles(set, minScore);
  }

  /** The angles that can be computed, in the order of the numbers; empty for hands and faces. */
  public List<BodyAngle> list() {
    return list;
  }

  /**
   * The angles as they look in the picture, in degrees, -180 to 180 (pelvis and shoulders -90 to
   * 90).
   *
   * <p>As in Sports2D a person who looks to the left is measured in the mirror, so that flexion
   * counts the same on the way there and back; pelvis, trunk and shoulders never are. To which side
   * somebody looks is read from toes and heels, nose and ears of this one frame: of a video let
   * {@link #overTime()} say it.
   *
   * @param person of this set
   * @return one number for each of {@link #list()}; NaN where a keypoint is missing
   */
  public float[] degrees2d(PersonPose person) {
    scores(person);
    return degrees2d(person, FacingOverTime.side(vote.of(person)));
  }

  /**
   * The same for a person who is known to look to a side.
   *
   * @param facing who looks to the left is measured in the mirror
   */
  public float[] degrees2d(PersonPose person, Facing facing) {
    float[][] xy = person.keypoints();
    float[] scores = scores(person);
    float[] out = new float[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) degrees2d(list.get(i), points[i], xy, scores, facing);
    }
    return out;
  }

  /** Finds out to which side the people of a video look, from one frame to the next. */
  public FacingOverTime overTime() {
    return new FacingOverTime(vote);
  }

  /**
   * The angles in space, in degrees, with the same zeros as in the picture. Space has no side to
   * look from, so a joint's angle is without a sign, 0 to 180: 180 minus it is the included angle
   * at knee, elbow and wrist. The ankle's is -90 to 90, positive in dorsiflexion. A segment's is
   * what it rises above the horizontal, -90 to 90; the horizontal is that of the frame, so in
   * frames turned like the camera that of a camera held level.
   *
   * @param person of this set
   * @param frame of its 3D keypoints
   * @return one number for each of {@link #list()}; NaN where a keypoint is missing, all NaN
   *     without 3D keypoints
   * @throws IllegalArgumentException for {@link Frame3d#UVD}, which is not in metres
   */
  public float[] degrees3d(PersonPose person, Frame3d frame) {
    double[] up = up(frame);
    float[] out = new float[list.size()];
    if (!person.has3d()) {
      Arrays.fill(out, Float.NaN);
      return out;
    }
    float[][] xyz = person.keypoints3d();
    float[] scores = scores(person);
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) degrees3d(list.get(i), points[i], xyz, scores, up);
    }
    return out;
  }

  private double degrees2d(
      BodyAngle angle, int[][] ends, float[][] xy, float[] scores, Facing facing) {
    boolean mirror = facing == Facing.LEFT && angle.isMirrored();
    double[] u = segment(ends[0], ends[1], xy, scores);
    flip(mirror, u);
    double clockwise = Math.toDegrees(Math.atan2(u[1], u[0]));
    if (u[0] == 0 && u[1] == 0) {
      return Double.NaN;
    }
    if (angle.kind() == BodyAngle.Kind.SEGMENT) {
      double degrees = angle.measure().signed(clockwise);
      return angle.isAcross() ? degrees - 180 * Math.rint(degrees / 180) : degrees;
    }
    double[] v = segment(ends[2], ends[3], xy, scores);
    flip(mirror, v);
    if (v[0] == 0 && v[1] == 0) {
      return Double.NaN;
    }
    return angle.measure().signed(clockwise - Math.toDegrees(Math.atan2(v[1], v[0])));
  }

  private static void flip(boolean mirror, double[] segment) {
    if (mirror) {
      segment[0] = -segment[0];
    }
  }

  private double degrees3d(
      BodyAngle angle, int[][] ends, float[][] xyz, float[] scores, double[] up) {
    double[] u = segment(ends[0], ends[1], xyz, scores);
    if (angle.kind() == BodyAngle.Kind.SEGMENT) {
      return 90 - between(u, up);
    }
    return angle.measure().unsigned(between(u, segment(ends[2], ends[3], xyz, scores)));
  }

  /** Degrees between two directions, 0 to 180; NaN where one has no length. */
  private static double between(double[] u, double[] v) {
    double x = u[1] * v[2] - u[2] * v[1];
    double y = u[2] * v[0] - u[0] * v[2];
    double z = u[0] * v[1] - u[1] * v[0];
    double sine = Math.sqrt(x * x + y * y + z * z);
    double cosine = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    return sine == 0 && cosine == 0 ? Double.NaN : Math.toDegrees(Math.atan2(sine, cosine));
  }

  private double[] segment(int[] from, int[] to, float[][] points, float[] scores) {
    double[] start = middle(from, points, scores);
    double[] end = middle(to, points, scores);
    for (int axis = 0; axis < end.length; axis++) {
      end[axis] -= start[axis];
    }
    return end;
  }

  private double[] middle(int[] indices, float[][] points, float[] scores) {
    double[] out = new double[points[0].length];
    for (int index : indices) {
      for (int axis = 0; axis < out.length; axis++) {
        out[axis] +=
            scores[index] >= minScore ? points[index][axis] / (double) indices.length : Double.NaN;
      }
    }
    return out;
  }

  private float[] scores(PersonPose person) {
    float[] scores = person.scores();
    if (scores.length != set.size()) {
      throw new IllegalArgumentException(
          "expected %s keypoints of %s, found %s".formatted(set.size(), set.name(), scores.length));
    }
    return scores;
  }

  private static double[] up(Frame3d frame) {
    return switch (frame) {
      case CAMERA, ROOT_RELATIVE -> new double[] {0, -1, 0};
      case Y_UP -> new double[] {0, 1, 0};
      case Z_UP, RTMPOSE3D, WORLD -> new double[] {0, 0, 1};
      case UVD ->
          throw new IllegalArgumentException(
              "expected 3D keypoints in metres to measure angles of, found pixels and depth (uvd)");
    };
  }
}
