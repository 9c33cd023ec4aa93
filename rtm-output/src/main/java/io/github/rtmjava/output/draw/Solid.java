package io.github.rtmjava.output.draw;

import io.github.rtmjava.image.Canvas;

/**
 * A round rod, or a ball where both ends are one.
 *
 * @param from one end, metres
 * @param to the other end, metres
 * @param thickness metres
 * @param light 0 (black) to 1 (the colour itself)
 * @param rgb colour
 */
record Solid(double[] from, double[] to, double thickness, double light, int rgb) {
  private static final double RIM_LIGHT = 0.3;
  private static final double GLOSS = 0.35;
  private static final double GLOSS_WIDTH = 0.38;
  private static final double GLOSS_SHIFT = 0.16;
  private static final double MIN_PIXELS = 1.2;

  /** Balls come just before the rods that they join. */
  private static final double BALL_ADVANCE = 0.01;

  /** Larger is nearer to the viewer. */
  double depth(Projection projection) {
    double middle = (projection.turn(from)[2] + projection.turn(to)[2]) / 2;
    return isBall() ? middle + BALL_ADVANCE : middle;
  }

  private boolean isBall() {
    return from == to;
  }

  void draw(Canvas canvas, Projection projection) {
    double[] a = projection.project(from);
    double[] b = projection.project(to);
    double wa = Math.max(MIN_PIXELS, thickness * a[2]);
    double wb = Math.max(MIN_PIXELS, thickness * b[2]);
    int colour = Colours.shade(rgb, light);
    double rim = Math.min(2.2, Math.min(wa, wb) * 0.6);
    canvas.limb(a[0], a[1], wa + rim, b[0], b[1], wb + rim, Colours.shade(rgb, light * RIM_LIGHT));
    canvas.limb(a[0], a[1], wa, b[0], b[1], wb, colour);
    if (Math.min(wa, wb) > 3) {
      int gloss = Colours.mix(colour, Colours.WHITE, GLOSS * light);
      canvas.limb(
          a[0] - wa * GLOSS_SHIFT,
          a[1] - wa * GLOSS_SHIFT,
          wa * GLOSS_WIDTH,
          b[0] - wb * GLOSS_SHIFT,
          b[1] - wb * GLOSS_SHIFT,
          wb * GLOSS_WIDTH,
          gloss);
    }
  }

  void drawShadow(Canvas canvas, Projection projection, double floor) {
    double[] a = projection.project(new double[] {from[0], floor, from[2]});
    double[] b = projection.project(new double[] {to[0], floor, to[2]});
    double wa = Math.max(MIN_PIXELS, thickness * a[2]);
    double wb = Math.max(MIN_PIXELS, thickness * b[2]);
    canvas.limb(a[0], a[1], wa, b[0], b[1], wb, Colours.SHADOW);
  }
}
