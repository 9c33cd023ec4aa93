package io.github.rtmjava.onednn.winograd;

/** The transforms of eight rows, for F(2, 7), in the form that {@link TransformF4x3} explains. */
final class TransformF2x7 {
  private TransformF2x7() {}

  static void input(float[][] d, float[][] o, int n) {
    ends(d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], o[0], o[7], n);
    atOne(d[1], d[2], d[3], d[4], d[5], d[6], o[1], o[2], n);
    atTwo(d[1], d[2], d[3], d[4], d[5], d[6], o[3], o[4], n);
    atHalf(d[1], d[2], d[3], d[4], d[5], d[6], o[5], o[6], n);
  }

  private static void ends(
      float[] d0,
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] d5,
      float[] d6,
      float[] d7,
      float[] o0,
      float[] o7,
      int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = (d6[c] - d0[c]) + 5.25f * (d2[c] - d4[c]);
    }
    for (int c = 0; c < n; c++) {
      o7[c] = (d7[c] - d1[c]) + 5.25f * (d3[c] - d5[c]);
    }
  }

  private static void atOne(
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] d5,
      float[] d6,
      float[] o1,
      float[] o2,
      int n) {
    for (int c = 0; c < n; c++) {
      o1[c] = d2[c] - 4.25f * d4[c] + d6[c];
    }
    for (int c = 0; c < n; c++) {
      o2[c] = d1[c] - 4.25f * d3[c] + d5[c];
    }
    sumAndDifference(o1, o2, n);
  }

  private static void atTwo(
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] d5,
      float[] d6,
      float[] o3,
      float[] o4,
      int n) {
    for (int c = 0; c < n; c++) {
      o3[c] = .25f * d2[c] - 1.25f * d4[c] + d6[c];
    }
    for (int c = 0; c < n; c++) {
      o4[c] = .5f * d1[c] - 2.5f * d3[c] + 2f * d5[c];
    }
    sumAndDifference(o3, o4, n);
  }

  private static void atHalf(
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] d5,
      float[] d6,
      float[] o5,
      float[] o6,
      int n) {
    for (int c = 0; c < n; c++) {
      o5[c] = 4f * d2[c] - 5f * d4[c] + d6[c];
    }
    for (int c = 0; c < n; c++) {
      o6[c] = 2f * d1[c] - 2.5f * d3[c] + .5f * d5[c];
    }
    sumAndDifference(o5, o6, n);
  }

  /** Of the products at ±1, ±2 and ±½, in place. */
  static void sumsAndDifferences(float[][] m, int n) {
    for (int i = 1; i < 7; i += 2) {
      sumAndDifference(m[i], m[i + 1], n);
    }
  }

  private static void sumAndDifference(float[] a, float[] b, int n) {
    for (int c = 0; c < n; c++) {
      float first = a[c];
      float second = b[c];
      a[c] = first + second;
      b[c] = first - second;
    }
  }

  /** Both outputs of F(2, 7), from the products at 0 and infinity, the sums and the differences. */
  static void output(
      float[] m0,
      float[] sumOne,
      float[] differenceOne,
      float[] sumTwo,
      float[] differenceTwo,
      float[] sumHalf,
      float[] differenceHalf,
      float[] m7,
      float[] o0,
      float[] o1,
      int n) {
    for (int c = 0; c < n; c++) {
      o0[c] = m0[c] + sumOne[c] + sumTwo[c] + sumHalf[c];
    }
    for (int c = 0; c < n; c++) {
      o1[c] = differenceOne[c] + 2f * differenceTwo[c] + .5f * differenceHalf[c] + m7[c];
    }
  }
}
