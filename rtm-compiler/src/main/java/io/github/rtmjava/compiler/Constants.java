package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;

/** Operations done on weights when a network is compiled. */
final class Constants {
  private Constants() {}

  static Tensor slice(Tensor given, Op.Slice slice) {
    Shape shape = given.shape();
    int sliced = slice.axis() < 0 ? slice.axis() + shape.rank() : slice.axis();
    int inner = 1;
    for (int axis = sliced + 1; axis < shape.rank(); axis++) {
      inner *= shape.dim(axis);
    }
    int from = shape.dim(sliced) * inner;
    int length = (slice.to() - slice.from()) * inner;
    float[] values = given.toFloats();
    float[] cut = new float[from == 0 ? 0 : values.length / from * length];
    for (int outer = 0; outer * length < cut.length; outer++) {
      System.arraycopy(values, outer * from + slice.from() * inner, cut, outer * length, length);
    }
    return Tensor.of(cut, shape.with(sliced, slice.to() - slice.from()).dims());
  }
}
