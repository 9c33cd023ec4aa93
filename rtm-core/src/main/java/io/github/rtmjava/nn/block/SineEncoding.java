package io.github.rtmjava.nn.block;

/**
 * Sine position encoding (mmpose's {@code SinePositionalEncoding}): the cosines, then the sines, of
 * a position divided by the powers {@code temperature^(i / frequencies)}.
 *
 * @param features of one position's encoding, even
 * @param temperature the quotient of the longest and the shortest wave, nearly
 */
public record SineEncoding(int features, double temperature) {
  /** Many times what any network has: a stranger's specification may ask for more than there is. */
  private static final int MAX_ELEMENTS = 1 << 24;

  public SineEncoding {
    if (features < 2 || features % 2 != 0 || features > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "expected a position encoding of an even number of features, found " + features);
    }
  }

  /** Radians per unit of position of feature {@code i} and of {@code i + features / 2}. */
  private double frequency(int i) {
    return Math.pow(temperature, -i / (features / 2.0));
  }

  /**
   * Encodes equally spaced positions.
   *
   * @param first the first position
   * @param step from each position to the next
   * @param out [positions, features], filled to its end
   * @param from where the first position's encoding begins
   * @param positions their number
   * @param stride from the beginning of each position's encoding to the next one's
   */
  public void encode(double first, double step, float[] out, int from, int positions, int stride) {
    int half = features / 2;
    for (int i = 0; i < half; i++) {
      double frequency = frequency(i);
      double cos = Math.cos(first * frequency);
      double sin = Math.sin(first * frequency);
      double turnCos = Math.cos(step * frequency);
      double turnSin = Math.sin(step * frequency);
      for (int p = 0, at = from + i; p < positions; p++, at += stride) {
        out[at] = (float) cos;
        out[at + half] = (float) sin;
        double next = cos * turnCos - sin * turnSin;
        sin = sin * turnCos + cos * turnSin;
        cos = next;
      }
    }
  }

  /**
   * Encodes the cells of a map: half of the features for the row, half for the column.
   *
   * @return [rows * columns, 2 * features]
   */
  public float[] ofMap(int rows, int columns) {
    int cell = 2 * features;
    long elements = (long) rows * columns * cell;
    if (elements > MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "expected a position encoding of at most %s numbers, found %sx%s cells of %s"
              .formatted(MAX_ELEMENTS, columns, rows, cell));
    }
    float[] out = new float[(int) elements];
    for (int row = 0; row < rows; row++) {
      int from = row * columns * cell;
      encode(row, 0, out, from, columns, cell);
      encode(0, 1, out, from + features, columns, cell);
    }
    return out;
  }
}
