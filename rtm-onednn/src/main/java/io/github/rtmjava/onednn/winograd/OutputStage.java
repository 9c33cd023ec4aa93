package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;

/** From planes of products to tiles of the convolution and its bias. */
final class OutputStage {
  private final WinogradShape shape;
  private final Transforms transforms;
  private final int outputGroup;
  private final float[] bias;

  OutputStage(WinogradShape shape, Transforms transforms, float[] bias) {
    this.shape = shape;
    this.transforms = transforms;
    this.outputGroup = Groups.of(shape, shape.filters());
    this.bias = new float[outputGroup * shape.filters()];
    for (int g = 0; g < outputGroup; g++) {
      System.arraycopy(bias, 0, this.bias, g * bias.length, bias.length);
    }
  }

  /** The floats that a row must have. */
  int lanes() {
    return outputGroup * shape.filters();
  }

  /** Aᵀ m A of every tile and the bias, as tiles of m×m×K. */
  void run(WinogradRows rows, FloatBuffer planes, FloatBuffer results, int tiles) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    int filters = shape.filters();
    for (int done = 0; done < tiles; done += outputGroup) {
      int group = Math.min(outputGroup, tiles - done);
      int lanes = group * filters;
      for (int j = 0; j < window; j++) {
        for (int i = 0; i < window; i++) {
          planes.get(((i * window + j) * tiles + done) * filters, rows.in[i], 0, lanes);
        }
        if (j == 1) {
          // What is added to the product at point (1, 1) reaches every output once.
          transforms.add(rows.in[1], bias, lanes);
        }
        transforms.output(rows.in, rows.byColumn[j], lanes);
      }
      for (int i = 0; i < side; i++) {
        transforms.output(rows.byRow[i], rows.out, lanes);
        for (int t = 0; t < group; t++) {
          for (int j = 0; j < side; j++) {
            results.put(
                (((done + t) * side + i) * side + j) * filters, rows.out[j], t * filters, filters);
          }
        }
      }
    }
  }
}
