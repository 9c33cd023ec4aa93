package io.github.rtmjava.motion.angle;

import java.util.List;
import java.util.Locale;

/**
 * An angle of the body: those of Sports2D (Pagnon, JOSS 2024), with its points, zeros and signs.
 *
 * <p>A joint's angle is 0 where the person stands upright with hanging arms and straight limbs, and
 * grows with flexion (of the ankle: with dorsiflexion). A segment's is what it makes with the
 * horizontal, counter-clockwise; the segment points away from the trunk, the trunk and the head
 * upwards, pelvis and shoulders from right to left.
 */
public enum BodyAngle {
  RIGHT_ANKLE(Measure.SQUARE, Spot.RIGHT_KNEE, Spot.RIGHT_ANKLE, Spot.RIGHT_TOE, Spot.RIGHT_HEEL),
  LEFT_ANKLE(Measure.SQUARE, Spot.LEFT_KNEE, Spot.LEFT_ANKLE, Spot.LEFT_TOE, Spot.LEFT_HEEL),
  RIGHT_KNEE(Measure.OPPOSITE, Spot.RIGHT_KNEE, Spot.RIGHT_ANKLE, Spot.RIGHT_KNEE, Spot.RIGHT_HIP),
  LEFT_KNEE(Measure.OPPOSITE, Spot.LEFT_KNEE, Spot.LEFT_ANKLE, Spot.LEFT_KNEE, Spot.LEFT_HIP),
  RIGHT_HIP(Measure.SAME, Spot.RIGHT_KNEE, Spot.RIGHT_HIP, Spot.HIP, Spot.NECK),
  LEFT_HIP(Measure.SAME, Spot.LEFT_KNEE, Spot.LEFT_HIP, Spot.HIP, Spot.NECK),
  RIGHT_SHOULDER(Measure.SAME, Spot.RIGHT_ELBOW, Spot.RIGHT_SHOULDER, Spot.HIP, Spot.NECK),
  LEFT_SHOULDER(Measure.SAME, Spot.LEFT_ELBOW, Spot.LEFT_SHOULDER, Spot.HIP, Spot.NECK),
  RIGHT_ELBOW(
      Measure.OPPOSITE_FORWARD,
      Spot.RIGHT_ELBOW,
      Spot.RIGHT_WRIST,
      Spot.RIGHT_ELBOW,
      Spot.RIGHT_SHOULDER),
  LEFT_ELBOW(
      Measure.OPPOSITE_FORWARD,
      Spot.LEFT_ELBOW,
      Spot.LEFT_WRIST,
      Spot.LEFT_ELBOW,
      Spot.LEFT_SHOULDER),
  RIGHT_WRIST(
      Measure.OPPOSITE, Spot.RIGHT_WRIST, Spot.RIGHT_ELBOW, Spot.RIGHT_WRIST, Spot.RIGHT_INDEX),
  LEFT_WRIST(Measure.OPPOSITE, Spot.LEFT_WRIST, Spot.LEFT_ELBOW, Spot.LEFT_WRIST, Spot.LEFT_INDEX),
  RIGHT_FOOT(Spot.RIGHT_HEEL, Spot.RIGHT_TOE),
  LEFT_FOOT(Spot.LEFT_HEEL, Spot.LEFT_TOE),
  RIGHT_SHANK(Spot.RIGHT_KNEE, Spot.RIGHT_ANKLE),
  LEFT_SHANK(Spot.LEFT_KNEE, Spot.LEFT_ANKLE),
  RIGHT_THIGH(Spot.RIGHT_HIP, Spot.RIGHT_KNEE),
  LEFT_THIGH(Spot.LEFT_HIP, Spot.LEFT_KNEE),
  PELVIS(Spot.RIGHT_HIP, Spot.LEFT_HIP),
  TRUNK(Spot.HIP, Spot.NECK),
  SHOULDERS(Spot.RIGHT_SHOULDER, Spot.LEFT_SHOULDER),
  HEAD(Spot.NECK, Spot.HEAD),
  RIGHT_ARM(Spot.RIGHT_SHOULDER, Spot.RIGHT_ELBOW),
  LEFT_ARM(Spot.LEFT_SHOULDER, Spot.LEFT_ELBOW),
  RIGHT_FOREARM(Spot.RIGHT_ELBOW, Spot.RIGHT_WRIST),
  LEFT_FOREARM(Spot.LEFT_ELBOW, Spot.LEFT_WRIST),
  RIGHT_HAND(Spot.RIGHT_WRIST, Spot.RIGHT_INDEX),
  LEFT_HAND(Spot.LEFT_WRIST, Spot.LEFT_INDEX);

  /** What an angle is measured between. */
  public enum Kind {
    /** Two segments. */
    JOINT,
    /** A segment and the horizontal. */
    SEGMENT
  }

  /** Whose angle it is. */
  public enum Side {
    RIGHT,
    LEFT,
    MIDDLE
  }

  private final Measure measure;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<Spot> spots;

  BodyAngle(Measure measure, Spot... spots) {
    this.measure = measure;
    this.spots = List.of(spots);
  }

  BodyAngle(Spot from, Spot to) {
    this(Measure.HORIZONTAL, from, to);
  }

  /** The name in result files, for example {@code right_knee}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name without the side, for example {@code knee}. */
  public String part() {
    return side() == Side.MIDDLE ? id() : id().substring(id().indexOf('_') + 1);
  }

  /** Whether it lies between two segments, or between one and the horizontal. */
  public Kind kind() {
    return measure == Measure.HORIZONTAL ? Kind.SEGMENT : Kind.JOINT;
  }

  /** Whose it is. */
  public Side side() {
    if (name().startsWith("RIGHT_")) {
      return Side.RIGHT;
    }
    return name().startsWith("LEFT_") ? Side.LEFT : Side.MIDDLE;
  }

  /** Whether it is of a line from one side of the body to the other. */
  boolean isAcross() {
    return this == PELVIS || this == SHOULDERS;
  }

  /** Whether it is measured in the mirror of people who look to the left. */
  boolean isMirrored() {
    return !isAcross() && this != TRUNK;
  }

  Measure measure() {
    return measure;
  }

  /** The ends of its segment, or of both segments: from, to, from, to. */
  List<Spot> spots() {
    return spots;
  }
}
