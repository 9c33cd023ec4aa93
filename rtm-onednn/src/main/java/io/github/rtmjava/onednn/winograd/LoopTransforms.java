package io.github.rtmjava.onednn.winograd;

/** The transforms as plain loops. */
enum LoopTransforms implements Transforms {
  /** F(2, 3). */
  M2 {
    @Override
    public void input(float[][] d, float[][] o, int n) {
      TransformF2x3.input(d[0], d[1], d[2], d[3], o[0], o[1], o[2], o[3], n);
    }

    @Override
    public void output(float[][] m, float[][] o, int n) {
      TransformF2x3.output(m[0], m[1], m[2], m[3], o[0], o[1], n);
    }
  },

  /** F(4, 3). */
  M4 {
    @Override
    public void input(float[][] d, float[][] o, int n) {
      TransformF4x3.input(
          d[0], d[1], d[2], d[3], d[4], d[5], o[0], o[1], o[2], o[3], o[4], o[5], n);
    }

    @Override
    public void output(float[][] m, float[][] o, int n) {
      TransformF4x3.output(m[0], m[1], m[2], m[3], m[4], m[5], o[0], o[1], o[2], o[3], n);
    }
  },

  /** F(2, 7). */
  M2_OF_7 {
    @Override
    public void input(float[][] d, float[][] o, int n) {
      TransformF2x7.input(d, o, n);
    }

    @Override
    public void output(float[][] m, float[][] o, int n) {
      TransformF2x7.sumsAndDifferences(m, n);
      TransformF2x7.output(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], o[0], o[1], n);
    }
  };

  static LoopTransforms of(Tile tile) {
    return switch (tile) {
      case M2 -> M2;
      case M4 -> M4;
      case M2_OF_7 -> M2_OF_7;
    };
  }

  @Override
  public void add(float[] x, float[] y, int n) {
    for (int c = 0; c < n; c++) {
      x[c] += y[c];
    }
  }
}
