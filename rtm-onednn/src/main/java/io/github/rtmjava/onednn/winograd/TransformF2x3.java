package io.github.rtmjava.onednn.winograd;

/** The transforms of four rows, for F(2, 3), in the form that {@link TransformF4x3} explains. */
final class TransformF2x3 {
  private TransformF2x3() {}

  static void input(
      float[] d0,
      float[] d1,
      float[] d2,
      float[] d3,
      float[] o0,
      float[] o1,
      float[] o2,
      float[] o3,
      int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = d2[c] - d0[c];
    }
    for (int c = 0; c < n; c++) {
      o1[c] = d1[c] + d2[c];
      o2[c] = d2[c] - d1[c];
    }
    for (int c = 0; c < n; c++) {
      o3[c] = d3[c] - d1[c];
    }
  }

  static void output(
      float[] m0, float[] m1, float[] m2, float[] m3, float[] o0, float[] o1, int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = m0[c] + m1[c] + m2[c];
      o1[c] = m1[c] - m2[c] + m3[c];
    }
  }
}
