package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;

/** From planes of products to tiles: Aᵀ m A of every tile and the bias, as tiles of m×m×K. */
final class OutputStage {
  private final WinogradShape shape;
  private final Transforms transforms;
  private final Lanes lanes;

  /** The bias of each part of the filters, once for each tile of a row. */
  private final float[][] bias;

  OutputStage(WinogradShape shape, Transforms transforms, float[] bias) {
    this.shape = shape;
    this.transforms = transforms;
    this.lanes = Lanes.of(shape, shape.filters());
    int parts = (bias.length + lanes.channels() - 1) / lanes.channels();
    this.bias = new float[parts][lanes.tiles() * lanes.channels()];
    for (int k = 0; k < bias.length; k++) {
      for (int t = 0; t < lanes.tiles(); t++) {
        this.bias[k / lanes.channels()][t * lanes.channels() + k % lanes.channels()] = bias[k];
      }
    }
  }

  void run(WinogradRows rows, FloatBuffer planes, FloatBuffer results, int tiles) {
    for (int part = 0; part < bias.length; part++) {
      for (int done = 0; done < tiles; done += lanes.tiles()) {
        transform(rows, planes, results, tiles, part, done);
      }
    }
  }

  private void transform(
      WinogradRows rows, FloatBuffer planes, FloatBuffer results, int tiles, int part, int done) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    int filters = shape.filters();
    int filter = part * lanes.channels();
    int count = Math.min(lanes.channels(), filters - filter);
    int group = Math.min(lanes.tiles(), tiles - done);
    for (int j = 0; j < window; j++) {
      for (int i = 0; i < window; i++) {
        planes.get(
            ((i * window + j) * tiles + done) * filters + filter, rows.in[i], 0, group * count);
      }
      if (j == 1) {
        // What is added to the product at point (1, 1) reaches every output once.
        transforms.add(rows.in[1], bias[part], group * count);
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
