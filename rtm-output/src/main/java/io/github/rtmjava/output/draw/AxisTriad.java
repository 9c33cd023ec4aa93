package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Canvas;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The three axes of a frame in the lower left corner of a view. */
final class AxisTriad {
  private static final double LENGTH = 0.06;
  private static final double SHORTEST = 18;

  /** Room around the origin, as a multiple of the length. */
  private static final double ROOM = 1.9;

  private AxisTriad() {}

  private record Axis(String name, int rgb, double[] direction) {}

  static void draw(Canvas canvas, Projection projection, Frame3d frame) {
    double length = Math.max(SHORTEST, LENGTH * Math.min(canvas.width(), canvas.height()));
    double x = ROOM * length;
    double y = canvas.height() - ROOM * length;
    double size = length * 0.33;
    String[] names = (frame == Frame3d.UVD ? "u v d" : "x y z").split(" ", -1);
    List<Axis> axes =
        Arrays.asList(
            new Axis(names[0], 0xff6b6b, projection.turn(ViewSpace.of(frame, 1, 0, 0))),
            new Axis(names[1], 0x6bd67a, projection.turn(ViewSpace.of(frame, 0, 1, 0))),
            new Axis(names[2], 0x6ba8ff, projection.turn(ViewSpace.of(frame, 0, 0, 1))));
    axes.sort(Comparator.comparingDouble(axis -> axis.direction[2]));
    for (Axis axis : axes) {
      double dx = axis.direction[0] * length;
      double dy = -axis.direction[1] * length;
      canvas.line(x, y, x + dx, y + dy, axis.rgb, Math.max(1.5, length / 14));
      double reach = Math.hypot(dx, dy);
      double out = reach < 1 ? 0 : 1 + size * 0.9 / reach;
      canvas.text(
          axis.name,
          x + dx * out - Canvas.textWidth(axis.name, size) / 2,
          y + dy * out + size * 0.4,
          size,
          axis.rgb);
    }
  }
}
