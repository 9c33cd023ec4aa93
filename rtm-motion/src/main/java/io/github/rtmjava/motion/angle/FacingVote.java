package io.github.rtmjava.motion.angle;

import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * To which side a person looks in one frame: by the toes from the heels, the nose from the ears.
 */
final class FacingVote {
  private final List<int[][]> arrows;
  private final float minScore;

  private FacingVote(List<int[][]> arrows, float minScore) {
    this.arrows = arrows;
    this.minScore = minScore;
  }

  /**
   * The votes of a set.
   *
   * @param minScore keypoints with a lower score have none
   */
  static FacingVote of(KeypointSet set, float minScore) {
    List<int[][]> arrows = new ArrayList<>();
    arrow(set, Spot.RIGHT_HEEL, Spot.RIGHT_TOE).ifPresent(arrows::add);
    arrow(set, Spot.LEFT_HEEL, Spot.LEFT_TOE).ifPresent(arrows::add);
    arrow(set, Spot.EARS, Spot.NOSE).ifPresent(arrows::add);
    return new FacingVote(arrows, minScore);
  }

  private static Optional<int[][]> arrow(KeypointSet set, Spot from, Spot to) {
    return from.in(set).flatMap(tail -> to.in(set).map(head -> new int[][] {tail, head}));
  }

  /**
   * How far the person looks to the right, as a share of the height of the box; negative to the
   * left. About 0.3 from the side; 0 where nothing is known.
   */
  double of(PersonPose person) {
    float[][] xy = person.keypoints();
    float[] scores = person.scores();
    double sum = 0;
    for (int[][] arrow : arrows) {
      double reach = middle(arrow[1], xy, scores) - middle(arrow[0], xy, scores);
      sum += Double.isFinite(reach) ? reach : 0;
    }
    float height = person.bbox().height();
    return height > 0 ? sum / height : Math.signum(sum);
  }

  /** The column of the middle of those that are seen; NaN where none is. */
  private double middle(int[] indices, float[][] xy, float[] scores) {
    double sum = 0;
    int seen = 0;
    for (int index : indices) {
      if (scores[index] >= minScore) {
        sum += xy[index][0];
        seen++;
      }
    }
    return seen == 0 ? Double.NaN : sum / seen;
  }
}
