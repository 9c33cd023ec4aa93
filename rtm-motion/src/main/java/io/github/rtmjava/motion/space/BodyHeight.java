package io.github.rtmjava.motion.space;

import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How tall somebody stands, from a 3D skeleton in any posture: the lengths of shank, thigh, trunk
 * and from the shoulders to the eyes add up to what lies between ankle and eyes of a person who
 * stands straight. That is 0.897 of the height (ankles at 0.039, eyes at 0.936: Drillis and
 * Contini, Body Segment Parameters, 1966, as in Winter's Biomechanics); to the top of the head,
 * where a set has no eyes, 0.961. Immutable.
 */
public final class BodyHeight {
  static final double ANKLE = 0.039;
  private static final double EYES = 0.936;

  private final Landmarks body;
  private final float minScore;

  private BodyHeight(Landmarks body, float minScore) {
    this.body = body;
    this.minScore = minScore;
  }

  /**
   * For people of a set.
   *
   * @param minScore a person with a lower score at one of these keypoints is not measured
   * @return empty for a set without shoulders, hips, knees, ankles, or both eyes and top of the
   *     head
   */
  public static Optional<BodyHeight> of(KeypointSet set, float minScore) {
    return Landmarks.of(set).map(body -> new BodyHeight(body, minScore));
  }

  /**
   * The standing height that a skeleton implies, in its own metres.
   *
   * @return empty where a keypoint is not seen, or there are no 3D keypoints
   */
  public OptionalDouble metres(PersonPose person) {
    return isMeasurable(person)
        ? OptionalDouble.of(metres(person.keypoints3d()))
        : OptionalDouble.empty();
  }

  boolean isMeasurable(PersonPose person) {
    return person.has3d()
        && Landmarks.seen(
            person.scores(),
            minScore,
            body.shoulders(),
            body.hips(),
            body.knees(),
            body.ankles(),
            body.top());
  }

  double metres(float[][] xyz) {
    double[] shoulders = Landmarks.middle(xyz, body.shoulders());
    double sum =
        Vec.length(Vec.minus(shoulders, Landmarks.middle(xyz, body.hips())))
            + Vec.length(Vec.minus(shoulders, Landmarks.middle(xyz, body.top())));
    for (int side = 0; side < 2; side++) {
      double[] knee = Vec.of(xyz[body.knees()[side]]);
      sum += Vec.length(Vec.minus(knee, Vec.of(xyz[body.hips()[side]]))) / 2;
      sum += Vec.length(Vec.minus(knee, Vec.of(xyz[body.ankles()[side]]))) / 2;
    }
    return sum / ((body.top().length == 2 ? EYES : 1) - ANKLE);
  }
}
