package io.github.rtmjava.output.draw;

import io.github.rtmjava.image.Canvas;

/** A round piece of floor with a grid. */
final class Floor {
  private static final int CELLS = 4;
  private static final double RADIUS = CELLS * Skeleton3dView.CELL;
  private static final int CORNERS = 72;

  private Floor() {}

  static void draw(Canvas canvas, Projection projection, double height) {
    double[] disc = new double[2 * CORNERS];
    for (int i = 0; i < CORNERS; i++) {
      double angle = 2 * Math.PI * i / CORNERS;
      double[] p =
          projection.project(
              new double[] {RADIUS * Math.cos(angle), height, RADIUS * Math.sin(angle)});
      disc[2 * i] = p[0];
      disc[2 * i + 1] = p[1];
    }
    canvas.polygon(Colours.FLOOR, disc);
    for (int i = -CELLS; i <= CELLS; i++) {
      double at = i * Skeleton3dView.CELL;
      double reach = Math.sqrt(RADIUS * RADIUS - at * at);
      double fade = reach / RADIUS;
      int rgb = Colours.mix(Colours.FLOOR, Colours.GRID, i % 2 == 0 ? fade : fade * 0.55);
      line(canvas, projection, height, new double[] {at, -reach, at, reach}, rgb);
      line(canvas, projection, height, new double[] {-reach, at, reach, at}, rgb);
    }
  }

  private static void line(
      Canvas canvas, Projection projection, double height, double[] xz, int rgb) {
    double[] a = projection.project(new double[] {xz[0], height, xz[1]});
    double[] b = projection.project(new double[] {xz[2], height, xz[3]});
    canvas.line(a[0], a[1], b[0], b[1], rgb, Math.max(1.2, canvas.height() / 600.0));
  }
}
