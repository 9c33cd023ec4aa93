package io.github.rtmjava.tensor;

/**
 * IEEE 754 binary16 and bfloat16 as bit patterns in a {@code short}.
 *
 * <p>Conversion to float is exact. Conversion from float rounds to nearest, ties to even; values
 * beyond the largest finite number become infinite, NaN stays NaN (quiet).
 */
public final class Float16 {
  private Float16() {}

  /** The value of a binary16 pattern. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
    }
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
  }

  /** The binary16 pattern nearest to {@code value}. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 0x477ff000) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x38800000) {
      // Subnormal halves are multiples of 2^-24: let float addition round to that grid.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(0.5f)));
    }
    int rounded = magnitude + 0xfff + ((magnitude >> 13) & 1);
    return (short) (sign | ((rounded >> 13) - (112 << 10)));
  }

  /** The value of a bfloat16 pattern. */
  public static float bfloatToFloat(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }
}
