package io.github.rtmjava.onednn.winograd;

/**
 * The rows on the Java heap that one thread works on. They hold nothing between two runs, so all
 * kernels of a thread may share those of the widest.
 */
public final class WinogradRows {
  private static final int MOST = Tile.M6.inputs();

  /** Rows of a column before the transform down, or of products. */
  final float[][] in = new float[MOST][];

  /** Rows after the transform across. */
  final float[][] out = new float[MOST][];

  /** What the transform down made, by column and row. */
  final float[][][] byColumn = new float[MOST][MOST][];

  /** The same arrays by row and column. */
  final float[][][] byRow = new float[MOST][MOST][];

  private final int lanes;

  /**
   * Allocates 80 rows.
   *
   * @param lanes the floats of each, at least {@link WinogradKernel#lanes()}
   */
  public WinogradRows(int lanes) {
    this.lanes = lanes;
    for (int i = 0; i < MOST; i++) {
      in[i] = new float[lanes];
      out[i] = new float[lanes];
      for (int j = 0; j < MOST; j++) {
        float[] row = new float[lanes];
        byColumn[j][i] = row;
        byRow[i][j] = row;
      }
    }
  }

  /** The floats of each row. */
  public int lanes() {
    return lanes;
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
