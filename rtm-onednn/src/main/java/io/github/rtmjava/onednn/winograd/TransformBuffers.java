package io.github.rtmjava.onednn.winograd;

/**
 * The rows on the Java heap that one thread works on: 80 KB. They hold nothing between two runs, so
 * all kernels of a thread share them.
 */
public final class TransformBuffers {
  private static final int MOST = Tile.M2_OF_7.inputs();

  /** Rows of a column before the transform down, or of products. */
  final float[][] in = new float[MOST][];

  /** Rows after the transform across. */
  final float[][] out = new float[MOST][];

  /** What the transform down made, by column and row. */
  final float[][][] byColumn = new float[MOST][MOST][];

  /** The same arrays by row and column. */
  final float[][][] byRow = new float[MOST][MOST][];

  /** Allocates 80 rows. */
  public TransformBuffers() {
    for (int i = 0; i < MOST; i++) {
      in[i] = new float[Lanes.MOST];
      out[i] = new float[Lanes.MOST];
      for (int j = 0; j < MOST; j++) {
        float[] row = new float[Lanes.MOST];
        byColumn[j][i] = row;
        byRow[i][j] = row;
      }
    }
  }

  /** Lets two columns trade places. */
  void swapColumns(int a, int b) {
    float[][] column = byColumn[a];
    byColumn[a] = byColumn[b];
    byColumn[b] = column;
    for (float[][] row : byRow) {
      float[] cell = row[a];
      row[a] = row[b];
      row[b] = cell;
    }
  }
}
