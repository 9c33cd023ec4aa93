package io.github.rtmjava.onednn.winograd;

/**
 * The size m of the output tiles: F(m×m, 3×3) makes m×m outputs from (m+2)×(m+2) inputs with (m+2)²
 * products for each pair of channels. Points 0, ±1, ∞ and, for 4×4, ±2.
 */
public enum Tile {
  /** F(2×2, 3×3): 16 products where the definition takes 36. */
  M2(2),

  /** F(4×4, 3×3): 36 products where the definition takes 144. */
  M4(4);

  private final int outputs;

  Tile(int outputs) {
    this.outputs = outputs;
  }

  /** The matrix G, which transforms three taps. */
  private double[][] filter() {
    return switch (this) {
      case M2 -> new double[][] {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
      case M4 ->
          new double[][] {
            {1 / 4d, 0, 0},
            {-1 / 6d, -1 / 6d, -1 / 6d},
            {-1 / 6d, 1 / 6d, -1 / 6d},
            {1 / 24d, 1 / 12d, 1 / 6d},
            {1 / 24d, -1 / 12d, 1 / 6d},
            {0, 0, 1}
          };
    };
  }

  /** The pixels of a tile's side in the output. */
  public int outputs() {
    return outputs;
  }

  /** The pixels of a tile's side in the input, with the rim that the filter needs. */
  public int inputs() {
    return outputs + 2;
  }

  /** The number of products for each pair of channels, which is also that of transformed planes. */
  public int products() {
    return inputs() * inputs();
  }

  /** What product {@code p} takes of each of the nine filter taps, row by row. */
  double[] filterTaps(int p) {
    double[][] filter = filter();
    double[] down = filter[p / inputs()];
    double[] across = filter[p % inputs()];
    double[] taps = new double[9];
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        taps[y * 3 + x] = down[y] * across[x];
      }
    }
    return taps;
  }
}
