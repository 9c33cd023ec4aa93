package io.github.rtmjava.onednn.winograd;

/**
 * The kinds of tiles: F(m×m, r×r) makes m×m outputs of an r×r filter from (m+r−1)² inputs with as
 * many products for each pair of channels, by evaluating polynomials at m+r−2 points and at
 * infinity.
 */
public enum Tile {
  /** F(2×2, 3×3): 16 products where the definition takes 36. */
  M2(2, 3),

  /** F(4×4, 3×3): 36 products where the definition takes 144. */
  M4(4, 3),

  /** F(2×2, 7×7): 64 products where the definition takes 196. */
  M2_OF_7(2, 7);

  private final int outputs;
  private final int taps;

  Tile(int outputs, int taps) {
    this.outputs = outputs;
    this.taps = taps;
  }

  /** The pixels m of a tile's side in the output. */
  public int outputs() {
    return outputs;
  }

  /** The pixels r of the filter's side. */
  public int taps() {
    return taps;
  }

  /** The pixels of a tile's side in the input, with the rim that the filter needs. */
  public int inputs() {
    return outputs + taps - 1;
  }

  /** The number of products for each pair of channels, which is also that of transformed planes. */
  public int products() {
    return inputs() * inputs();
  }

  private double[] points() {
    return switch (inputs()) {
      case 4 -> new double[] {0, 1, -1};
      case 6 -> new double[] {0, 1, -1, 2, -2};
      default -> new double[] {0, 1, -1, 2, -2, .5, -.5};
    };
  }

  /** What product {@code p} takes of each of the filter's taps, row by row. */
  double[] filterTaps(int p) {
    double[] down = filterTapsOfRow(p / inputs());
    double[] across = filterTapsOfRow(p % inputs());
    double[] both = new double[taps * taps];
    for (int y = 0; y < taps; y++) {
      for (int x = 0; x < taps; x++) {
        both[y * taps + x] = down[y] * across[x];
      }
    }
    return both;
  }

  /** A row of the matrix G: the filter's polynomial at a point, by the weight of that point. */
  private double[] filterTapsOfRow(int i) {
    double[] row = new double[taps];
    double[] points = points();
    if (i == points.length) {
      row[taps - 1] = 1;
      return row;
    }
    double weight = 1;
    for (int j = 0; j < points.length; j++) {
      if (j != i) {
        weight *= points[i] - points[j];
      }
    }
    for (int k = 0; k < taps; k++) {
      row[k] = Math.pow(points[i], k) / weight;
    }
    return row;
  }
}
