package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;

/** Constant folding: operations done on weights when a network is compiled. */
final class ConstantFolding {
  private ConstantFolding() {}

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

  /** A constant broadcast over one image of a map, [pixels, channels]. */
  static Tensor spread(Tensor given, Shape map) {
    int channelAxis = map.rank() == 4 ? 1 : map.rank() - 1;
    int channels = map.dim(channelAxis);
    float[] values = given.toFloats();
    float[] spread = new float[Math.toIntExact(map.withBatch(1).elements())];
    for (int i = 0; i < spread.length; i++) {
      int pixel = i / channels;
      int from = 0;
      int step = 1;
      for (int back = 1; back <= Math.min(given.shape().rank(), map.rank() - 1); back++) {
        int axis = map.rank() - back;
        int at = axis == channelAxis ? i % channels : pixel % map.dim(axis);
        pixel = axis == channelAxis ? pixel : pixel / map.dim(axis);
        int extent = given.shape().dim(-back);
        from += step * (extent == 1 ? 0 : at);
        step *= extent;
      }
      spread[i] = values[from];
    }
    return Tensor.of(spread, spread.length / channels, channels);
  }
}
