package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;

/** From planes of products to tiles: Aᵀ m A of every tile and the bias, as tiles of m×m×K. */
final class OutputStage {
  private final WinogradShape shape;
  private final Transforms transforms;
  private final Lanes lanes;

  /** The bias by block and row, once for each tile of the row. */
  private final float[][][] bias;

  OutputStage(WinogradShape shape, Transforms transforms, float[] bias) {
    this.shape = shape;
    this.transforms = transforms;
    this.lanes = Lanes.of(shape, shape.filtersPerBlock());
    int rows = (shape.filtersPerBlock() + lanes.channels() - 1) / lanes.channels();
    this.bias = new float[shape.filterParts()][rows][lanes.tiles() * lanes.channels()];
    for (int k = 0; k < bias.length; k++) {
      int inBlock = k % shape.filtersPerBlock();
      float[] row = this.bias[k / shape.filtersPerBlock()][inBlock / lanes.channels()];
      for (int t = 0; t < lanes.tiles(); t++) {
        row[t * lanes.channels() + inBlock % lanes.channels()] = bias[k];
      }
    }
  }

  void run(TransformBuffers rows, FloatBuffer planes, FloatBuffer results, int part, int tiles) {
    for (int row = 0; row < bias[part].length; row++) {
      for (int done = 0; done < tiles; done += lanes.tiles()) {
        int filter = row * lanes.channels();
        transform(rows, planes, results, tiles, done, filter, bias[part][row]);
      }
    }
  }

  private void transform(
      TransformBuffers rows,
      FloatBuffer planes,
      FloatBuffer results,
      int tiles,
      int done,
      int filter,
      float[] added) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    int filters = shape.filtersPerBlock();
    int count = Math.min(lanes.channels(), filters - filter);
    int group = Math.min(lanes.tiles(), tiles - done);
    for (int j = 0; j < window; j++) {
      for (int i = 0; i < window; i++) {
        planes.get(
            ((i * window + j) * tiles + done) * filters + filter, rows.in[i], 0, group * count);
      }
      if (j == 1) {
        // What is added to the product at point (1, 1) reaches every output once.
        transforms.add(rows.in[1], added, group * count);
      }
      transforms.output(rows.in, rows.byColumn[j], group * count);
    }
    for (int i = 0; i < side; i++) {
      transforms.output(rows.byRow[i], rows.out, group * count);
      for (int t = 0; t < group; t++) {
        for (int j = 0; j < side; j++) {
          int pixel = ((done + t) * side + i) * side + j;
          results.put(pixel * filters + filter, rows.out[j], t * count, count);
        }
      }
    }
  }
}
