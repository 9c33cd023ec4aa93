package io.github.rtmjava.motion.angle;

/** Where an angle from one direction to another has its zero, and in which sense it grows. */
enum Measure {
  /** 0 where the two directions are the same. */
  SAME(0, -1),
  /** 0 where they are opposite. */
  OPPOSITE(-180, 1),
  /** The same, growing in the other sense. */
  OPPOSITE_FORWARD(180, -1),
  /** 0 where they are square. */
  SQUARE(90, 1),
  /** Against the horizontal. */
  HORIZONTAL(0, -1);

  private final int offset;
  private final int sign;

  Measure(int offset, int sign) {
    this.offset = offset;
    this.sign = sign;
  }

  /**
   * The angle in a picture.
   *
   * @param clockwise degrees from the second direction, or the horizontal, to the first
   * @return above -180 to 180
   */
  double signed(double clockwise) {
    double degrees = sign * (clockwise + offset);
    return degrees - 360 * Math.ceil((degrees - 180) / 360);
  }

  /**
   * The angle in space, where no sense tells flexion from extension.
   *
   * @param included degrees between the directions, 0 to 180
   */
  double unsigned(double included) {
    return offset == 0 ? included : Math.abs(offset) - included;
  }
}
