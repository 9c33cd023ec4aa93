package io.github.rtmjava.onednn.winograd;

/**
 * The one-dimensional transforms, each over {@code n} independent lanes: lane c of every output row
 * follows from lane c of the input rows.
 */
interface Transforms {
  /** Bᵀd: as many rows as there are inputs to a tile. {@code in} and {@code out} share no row. */
  void input(float[][] in, float[][] out, int n);

  /**
   * Aᵀm: from as many rows as there are inputs to a tile to as many as there are outputs. It may
   * overwrite {@code in}, which shares no row with {@code out}.
   */
  void output(float[][] in, float[][] out, int n);

  /** {@code x[c] += y[c]}. */
  void add(float[] x, float[] y, int n);
}
