package io.github.rtmjava.output.draw;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is drawn of people, besides their skeletons.
 *
 * @param keypointThreshold lowest raw score of a keypoint that is drawn
 * @param details see {@link Detail}
 * @param radius of keypoints in pixels of the picture; 0 for one that goes with the person's size
 * @param thickness of links in pixels of the picture; 0 for one that goes with the person's size
 */
public record DrawOptions(
    float keypointThreshold, Set<Detail> details, double radius, double thickness)
    implements Serializable {
  /** What can be drawn, or how. */
  public enum Detail {
    /** The box in which somebody was found. */
    BBOX,
    /** The id of who is followed, and the detector's score. */
    LABEL,
    /** The index of each keypoint. */
    INDEX,
    /** Keypoints and links are the more transparent the less sure they are. */
    OPACITY,
    /** Where somebody's hips were in the last seconds; for those who are followed. */
    TRAIL,
    /** No picture behind the people. */
    BLACK,
    /** OpenPose's colours, with its neck: what ControlNet and others were trained on. */
    OPENPOSE,
    /** The angles of joints in degrees, for models of bodies. */
    ANGLES
  }

  private static final int MOST_PIXELS = 1000;

  /** Boxes and labels. */
  public static final Set<Detail> USUAL = Set.of(Detail.BBOX, Detail.LABEL);

  public DrawOptions {
    if (!Float.isFinite(keypointThreshold)) {
      throw new IllegalArgumentException(
          "expected a finite keypoint threshold, found " + keypointThreshold);
    }
    if (!(radius >= 0 && radius <= MOST_PIXELS && thickness >= 0 && thickness <= MOST_PIXELS)) {
      throw new IllegalArgumentException(
          "expected a radius and a thickness of 0 to %s pixels, found %s and %s"
              .formatted(MOST_PIXELS, radius, thickness));
    }
    details = Set.copyOf(details);
  }

  /** The usual details. */
  public static DrawOptions of(float keypointThreshold) {
    return new DrawOptions(keypointThreshold, USUAL, 0, 0);
  }

  /** With these details and no others. */
  public DrawOptions with(Detail... others) {
    Set<Detail> set = EnumSet.noneOf(Detail.class);
    for (Detail detail : others) {
      set.add(detail);
    }
    return new DrawOptions(keypointThreshold, set, radius, thickness);
  }

  /** With keypoints of this radius in pixels of the picture, whoever's they are. */
  public DrawOptions withRadius(double pixels) {
    return new DrawOptions(keypointThreshold, details, pixels, thickness);
  }

  /** With links of this thickness in pixels of the picture, whoever's they are. */
  public DrawOptions withThickness(double pixels) {
    return new DrawOptions(keypointThreshold, details, radius, pixels);
  }

  boolean has(Detail detail) {
    return details.contains(detail);
  }
}
