package io.github.rtmjava.converter;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * How far the elements of two tensors of one shape are apart. Values that are equal, and NaN where
 * both have it, are not; a NaN or an infinity that only one has is infinitely far.
 *
 * @param max largest absolute difference
 * @param mean mean absolute difference
 * @param range of the first tensor's finite values: largest minus smallest
 */
record TensorDifference(double max, double mean, double range) {

  /** The largest difference as a part of the range; infinite if all of the first are the same. */
  double relative() {
    return max == 0 ? 0 : max / range;
  }

  static TensorDifference of(Tensor first, Tensor second) {
    if (first.dtype() == second.dtype() && first.bytes().equals(second.bytes())) {
      return new TensorDifference(0, 0, 0);
    }
    ByteBuffer a = first.bytes();
    ByteBuffer b = second.bytes();
    int count = Math.toIntExact(first.shape().elements());
    double max = 0;
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double x = element(first.dtype(), a, i);
      double distance = distance(x, element(second.dtype(), b, i));
      max = Math.max(max, distance);
      sum += distance;
      if (Double.isFinite(x)) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
    return new TensorDifference(max, count == 0 ? 0 : sum / count, Math.max(0, high - low));
  }

  private static double distance(double x, double y) {
    if (x == y || (Double.isNaN(x) && Double.isNaN(y))) {
      return 0;
    }
    double distance = Math.abs(x - y);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /** One element; integers beyond 2^53 are rounded. */
  private static double element(DType dtype, ByteBuffer bytes, int i) {
    return switch (dtype) {
      case FLOAT16 -> Float16.toFloat(bytes.getShort(2 * i));
      case BFLOAT16 -> Float16.bfloatToFloat(bytes.getShort(2 * i));
      case FLOAT32 -> bytes.getFloat(4 * i);
      case FLOAT64 -> bytes.getDouble(8 * i);
      case INT8, BOOL -> bytes.get(i);
      case UINT8 -> bytes.get(i) & 0xff;
      case INT16 -> bytes.getShort(2 * i);
      case INT32 -> bytes.getInt(4 * i);
      case INT64 -> bytes.getLong(8 * i);
    };
  }
}
