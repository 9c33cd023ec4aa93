package io.github.rtmjava.onednn.winograd;

/**
 * The transforms of six rows, for F(4, 3).
 *
 * <p>* Loops in the one form that HotSpot's C2 turns into vector instructions on every JDK from 17
 * on: every operand an array of its own from index 0, and at most two results to a loop, made by
 * different operations (of two alike it does not find which goes with which).
 */
final class TransformF4x3 {
  private TransformF4x3() {}

  static void input(
      float[] d0,
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] d5,
      float[] o0,
      float[] o1,
      float[] o2,
      float[] o3,
      float[] o4,
      float[] o5,
      int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = 4f * d0[c] - 5f * d2[c] + d4[c];
    }
    for (int c = 0; c < n; c++) {
      float even = d4[c] - 4f * d2[c];
      float odd = d3[c] - 4f * d1[c];
      o1[c] = even + odd;
      o2[c] = even - odd;
    }
    for (int c = 0; c < n; c++) {
      float even = d4[c] - d2[c];
      float odd = 2f * (d3[c] - d1[c]);
      o3[c] = even + odd;
      o4[c] = even - odd;
    }
    for (int c = 0; c < n; c++) {
      o5[c] = 4f * d1[c] - 5f * d3[c] + d5[c];
    }
  }

  static void output(
      float[] m0,
      float[] m1,
      float[] m2,
      float[] m3,
      float[] m4,
      float[] m5,
      float[] o0,
      float[] o1,
      float[] o2,
      float[] o3,
      int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = m0[c] + m1[c] + m2[c] + m3[c] + m4[c];
    }
    for (int c = 0; c < n; c++) {
      o1[c] = (m1[c] - m2[c]) + 2f * (m3[c] - m4[c]);
      o2[c] = (m1[c] + m2[c]) + 4f * (m3[c] + m4[c]);
    }
    for (int c = 0; c < n; c++) {
      o3[c] = (m1[c] - m2[c]) + 8f * (m3[c] - m4[c]) + m5[c];
    }
  }
}
