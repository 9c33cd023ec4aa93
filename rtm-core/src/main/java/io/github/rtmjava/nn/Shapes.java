package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Locale;

/** Rules that several operations share when they infer shapes. */
final class Shapes {
  private Shapes() {}

  static void require(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, format, arguments));
    }
  }

  static Shape image(Shape shape) {
    require(shape.rank() == 4, "expected an image batch [N, C, H, W], found %s", shape);
    return shape;
  }

  /**
   * The shapes of what an operation makes of values.
   *
   * @param name where it is, for errors
   * @throws IllegalArgumentException if it does not take them
   */
  static List<Shape> infer(String name, Op op, List<Value> in) {
    for (Value value : in) {
      require(
          value.type() == op.reads(),
          "%s: expected %s values, found %s of %s",
          name,
          op.reads(),
          value.type(),
          value.name());
    }
    try {
      return op.shapes(in.stream().map(Value::shape).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Extent of the result of sliding a window. */
  static int window(int extent, int kernel, int stride, int padding) {
    require(extent + 2 * padding >= kernel, "a window of %d on an extent of %d", kernel, extent);
    return (extent + 2 * padding - kernel) / stride + 1;
  }

  /** numpy's rule; a free batch goes with itself and with 1. */
  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int da = i <= a.rank() ? a.dim(-i) : 1;
      int db = i <= b.rank() ? b.dim(-i) : 1;
      require(da == db || da == 1 || db == 1, "%s and %s do not broadcast", a, b);
      out[rank - i] = da == 1 ? db : da;
    }
    return Shape.of(out);
  }
}
