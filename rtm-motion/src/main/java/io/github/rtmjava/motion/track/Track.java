package io.github.rtmjava.motion.track;

import io.github.rtmjava.geometry.Box;
import java.util.Optional;

/** Somebody who is followed: how they looked last, and how they move. */
final class Track {
  /** Somebody who is not seen is not believed to go on in the same direction for longer. */
  private static final double LONGEST_WALK = 1;

  /** How far a detector's box reaches beyond the keypoints, of their extent. */
  private static final float MARGIN = 0.1f;

  /** How far somebody may turn up from where they were expected, in body heights. */
  private static final double REACH = 0.5;

  /** By how much that grows in a second. */
  private static final double REACH_PER_SECOND = 0.5;

  /** Whoever turns up again is at least so tall, as a share of before, or at most the inverse. */
  private static final double LEAST_RATIO = 0.6;

  /** What a frame counts in how tall somebody is. */
  private static final double SHARE = 0.2;

  /** What a frame counts where the picture's border hides a part of them. */
  private static final double SHARE_IF_CUT = 0.01;

  private final Motion x;
  private final Motion y;
  private Figure figure;
  private Figure expected;
  private double deviation;
  private double tall;
  private double seen;
  private int hits = 1;
  private int id;

  Track(double time, Figure figure) {
    tall = figure.box().height();
    this.figure = figure;
    expected = figure;
    seen = time;
    x = new Motion(time, figure.centreX(), tall);
    y = new Motion(time, figure.centreY(), tall);
  }

  /** Found again. */
  void see(double time, Figure now, Box picture) {
    double share = now.isCutBy(picture) && now.box().height() < tall ? SHARE_IF_CUT : SHARE;
    tall += share * (now.box().height() - tall);
    x.measure(time, now.centreX(), tall);
    y.measure(time, now.centreY(), tall);
    figure = now;
    seen = time;
    hits++;
  }

  /** In how many frames they were found. */
  int hits() {
    return hits;
  }

  /** From 1 on; 0 before they have one. */
  int id() {
    return id;
  }

  void name(int given) {
    id = given;
  }

  /** Seconds since they were found. */
  double age(double time) {
    return time - seen;
  }

  /** Thinks of where they will be at a time, which the questions that follow are about. */
  void expectAt(double time) {
    expected = movedTo(time);
    deviation = x.deviation(time, tall);
  }

  /** How and where they are expected. */
  Figure expected() {
    return expected;
  }

  /** Standard deviation of where they are expected, in pixels. */
  double deviation() {
    return deviation;
  }

  /** The box in which to look for them; empty where too little of them was sure. */
  Optional<Box> expectedBox(double time) {
    return movedTo(time).keypointBox().map(Track::widened);
  }

  /**
   * Whether somebody who turns up is where they may be by now, 0 to 1: not far from where they were
   * expected, which is at the border for those who left the picture, and about as tall, as far as
   * the border lets one see.
   */
  double recovery(double time, Figure other, Box picture) {
    double ratio = other.box().height() / tall;
    double alike = ratio > 1 ? 1 / ratio : other.isCutBy(picture) ? 1 : ratio;
    if (alike < LEAST_RATIO) {
      return 0;
    }
    double dx = other.centreX() - clamp(expected.centreX(), picture.x1(), picture.x2());
    double dy = other.centreY() - clamp(expected.centreY(), picture.y1(), picture.y2());
    double reach = (REACH + REACH_PER_SECOND * age(time)) * tall;
    return Math.max(0, 1 - Math.hypot(dx, dy) / reach) * alike;
  }

  private Figure movedTo(double time) {
    double until = Math.min(time, seen + LONGEST_WALK);
    return figure.moved(x.at(until) - x.value(), y.at(until) - y.value());
  }

  private static Box widened(Box box) {
    float dx = box.width() * MARGIN;
    float dy = box.height() * MARGIN;
    return new Box(box.x1() - dx, box.y1() - dy, box.x2() + dx, box.y2() + dy);
  }

  private static double clamp(double value, double low, double high) {
    return Math.min(high, Math.max(low, value));
  }
}
