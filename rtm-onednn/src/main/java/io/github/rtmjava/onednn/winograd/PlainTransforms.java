package io.github.rtmjava.onednn.winograd;

/** The transforms as plain loops. */
enum PlainTransforms implements Transforms {
  /** F(2, 3). */
  M2 {
    @Override
    public void input(float[][] d, float[][] o, int n) {
      PlainRows.input2(d[0], d[1], d[2], d[3], o[0], o[1], o[2], o[3], n);
    }

    @Override
    public void output(float[][] m, float[][] o, int n) {
      PlainRows.output2(m[0], m[1], m[2], m[3], o[0], o[1], n);
    }
  },

  /** F(4, 3). */
  M4 {
    @Override
    public void input(float[][] d, float[][] o, int n) {
      PlainRows.input4(d[0], d[1], d[2], d[3], d[4], d[5], o[0], o[1], o[2], o[3], o[4], o[5], n);
    }

    @Override
    public void output(float[][] m, float[][] o, int n) {
      PlainRows.output4(m[0], m[1], m[2], m[3], m[4], m[5], o[0], o[1], o[2], o[3], n);
    }
  };

  static PlainTransforms of(Tile tile) {
    return tile == Tile.M2 ? M2 : M4;
  }

  @Override
  public void add(float[] x, float[] y, int n) {
    PlainRows.add(x, y, n);
  }
}
