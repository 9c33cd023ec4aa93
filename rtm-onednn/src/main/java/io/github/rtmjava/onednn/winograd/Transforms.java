package io.github.rtmjava.onednn.winograd;

/**
 * The one-dimensional transforms, each over {@code n} independent lanes: lane c of every output row
 * follows from lane c of the input rows.
 */
interface Transforms {
  /** Bᵀd of six rows (F(4, 3)) or four (F(2, 3)); {@code in} and {@code out} share no row. */
  void input(float[][] in, float[][] out, int n);

  /** Aᵀm of six rows to four (F(4, 3)), or of four to two (F(2, 3)). */
  void output(float[][] in, float[][] out, int n);

  /** {@code x[c] += y[c]}. */
  void add(float[] x, float[] y, int n);
}
