package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** From finished tiles to the destination, with the residual. */
final class StoreStage {
  private final WinogradShape shape;
  private final Transforms transforms;

  StoreStage(WinogradShape shape, Transforms transforms) {
    this.shape = shape;
    this.transforms = transforms;
  }

  void run(
      WinogradScratch scratch,
      FloatBuffer destination,
      @Nullable FloatBuffer residual,
      int residualPitch,
      int part,
      int firstTile,
      int tiles) {
    int side = shape.tile().outputs();
    int filters = shape.filtersPerBlock();
    int channel = part * filters;
    int across = shape.tilesAcross();
    int down = shape.tilesDown();
    for (int t = 0; t < tiles; t++) {
      int tile = firstTile + t;
      int x = tile % across * side;
      int y = tile / across % down * side;
      int image = tile / across / down;
      int width = Math.min(side, shape.width() - x);
      int height = Math.min(side, shape.height() - y);
      for (int i = 0; i < height; i++) {
        int pixel = (image * shape.height() + y + i) * shape.width() + x;
        int from = (t * side + i) * side * filters;
        if (residual == null) {
          copy(scratch.results, from, destination, channel, pixel, width);
        } else {
          add(scratch, from, destination, residual, residualPitch, channel, pixel, width);
        }
      }
    }
  }

  private void copy(
      FloatBuffer results, int from, FloatBuffer destination, int channel, int pixel, int width) {
    int filters = shape.filtersPerBlock();
    int pitch = shape.destinationPitch();
    if (pitch == filters) {
      destination.put(pixel * pitch, results, from, width * filters);
    } else {
      for (int j = 0; j < width; j++) {
        destination.put((pixel + j) * pitch + channel, results, from + j * filters, filters);
      }
    }
  }

  private void add(
      WinogradScratch scratch,
      int from,
      FloatBuffer destination,
      FloatBuffer residual,
      int residualPitch,
      int channel,
      int pixel,
      int width) {
    int filters = shape.filtersPerBlock();
    int pitch = shape.destinationPitch();
    float[] sum = scratch.rows.in[0];
    float[] rest = scratch.rows.in[1];
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < filters; k += Lanes.MOST) {
        int lanes = Math.min(Lanes.MOST, filters - k);
        scratch.results.get(from + j * filters + k, sum, 0, lanes);
        residual.get((pixel + j) * residualPitch + channel + k, rest, 0, lanes);
        transforms.add(sum, rest, lanes);
        destination.put((pixel + j) * pitch + channel + k, sum, 0, lanes);
      }
    }
  }
}
