package io.github.rtmjava.pose.angle;

import io.github.rtmjava.pose.KeypointSet;
import org.jspecify.annotations.Nullable;

/** To which side of the picture people look: where their toes are from their heels. */
final class Facing {
  private final int @Nullable [] right;
  private final int @Nullable [] left;

  private Facing(int @Nullable [] right, int @Nullable [] left) {
    this.right = right;
    this.left = left;
  }

  static Facing of(KeypointSet set) {
    return new Facing(
        foot(set, Spot.RIGHT_HEEL, Spot.RIGHT_TOE), foot(set, Spot.LEFT_HEEL, Spot.LEFT_TOE));
  }

  private static int @Nullable [] foot(KeypointSet set, Spot heel, Spot toe) {
    return heel.in(set).isEmpty() || toe.in(set).isEmpty()
        ? null
        : new int[] {heel.in(set).get()[0], toe.in(set).get()[0]};
  }

  /** Which parts of a person look to the left. A foot that is not seen looks like the other. */
  Mirrored look(float[][] xy, float[] scores, float minScore) {
    double r = reach(right, xy, scores, minScore);
    double l = reach(left, xy, scores, minScore);
    double both = r + l;
    return new Mirrored((r == 0 ? both : r) < 0, (l == 0 ? both : l) < 0, both < 0);
  }

  private static double reach(int @Nullable [] foot, float[][] xy, float[] scores, float minScore) {
    if (foot == null || scores[foot[0]] < minScore || scores[foot[1]] < minScore) {
      return 0;
    }
    return xy[foot[1]][0] - xy[foot[0]][0];
  }

  /** Whether an angle is of a line from one side of the body to the other. */
  static boolean acrossTheBody(BodyAngle angle) {
    return angle == BodyAngle.PELVIS || angle == BodyAngle.SHOULDERS;
  }

  /** Which parts of a person are measured in the mirror. */
  record Mirrored(boolean right, boolean left, boolean middle) {
    /** Mirrors an angle's first segment. */
    void apply(BodyAngle angle, double[] segment) {
      boolean mirror =
          switch (angle.side()) {
            case RIGHT -> right;
            case LEFT -> left;
            case MIDDLE -> middle && angle == BodyAngle.HEAD;
          };
      flip(mirror, segment);
    }

    /** Mirrors a joint's second segment: of hips and shoulders it is the trunk. */
    void applySecond(BodyAngle joint, double[] segment) {
      if (joint.spots().get(2) == Spot.HIP) {
        flip(middle, segment);
      } else {
        apply(joint, segment);
      }
    }

    private static void flip(boolean mirror, double[] segment) {
      if (mirror) {
        segment[0] = -segment[0];
      }
    }
  }
}
