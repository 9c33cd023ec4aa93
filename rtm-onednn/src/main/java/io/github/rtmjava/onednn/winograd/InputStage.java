package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** From the source to planes of transformed tiles. */
final class InputStage {
  private final WinogradShape shape;
  private final Transforms transforms;
  private final int inputGroup;

  InputStage(WinogradShape shape, Transforms transforms) {
    this.shape = shape;
    this.transforms = transforms;
    this.inputGroup = Groups.of(shape, shape.channels());
  }

  /** The floats that a row must have. */
  int lanes() {
    return inputGroup * shape.channels();
  }

  /** Bᵀ d B of every tile, as planes of tiles×C. */
  void run(WinogradRows rows, FloatBuffer source, FloatBuffer planes, int firstTile, int tiles) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    int shared = window - side;
    int padding = shared / 2;
    int channels = shape.channels();
    int across = shape.tilesAcross();
    int down = shape.tilesDown();
    int imageFloats = shape.height() * shape.width() * shape.sourcePitch();
    int done = 0;
    int carried = 0;
    while (done < tiles) {
      int tile = firstTile + done;
      int tileX = tile % across;
      int tileY = tile / across % down;
      int image = tile / across / down;
      int group = Math.min(Math.min(inputGroup, across - tileX), tiles - done);
      int lanes = group * channels;
      int y = tileY * side - padding;
      int x = tileX * side - padding;
      // The last columns of a tile are the first of its right neighbour.
      for (int j = 0; j < shared; j++) {
        if (tileX == 0 || done == 0) {
          load(rows, source, image * imageFloats, y, x + j, 1);
          transforms.input(rows.in, rows.byColumn[j], channels);
        } else if (inputGroup == 1) {
          rows.swapColumns(j, j + side);
        } else {
          for (int i = 0; i < window; i++) {
            System.arraycopy(
                rows.byColumn[j + side][i],
                (carried - 1) * channels,
                rows.byColumn[j][i],
                0,
                channels);
          }
        }
      }
      for (int j = shared; j < window; j++) {
        load(rows, source, image * imageFloats, y, x + j, group);
        transforms.input(rows.in, rows.byColumn[j], lanes);
      }
      if (group > 1) {
        for (int j = shared - 1; j >= 0; j--) {
          for (int i = 0; i < window; i++) {
            System.arraycopy(
                rows.byColumn[j + side][i], 0, rows.byColumn[j][i], channels, lanes - channels);
          }
        }
      }
      for (int i = 0; i < window; i++) {
        transforms.input(rows.byRow[i], rows.out, lanes);
        for (int j = 0; j < window; j++) {
          planes.put(((i * window + j) * tiles + done) * channels, rows.out[j], 0, lanes);
        }
      }
      carried = group;
      done += group;
    }
  }

  /** The column at x of one tile and of the group's tiles to the right, each at its offset. */
  private void load(
      WinogradRows rows, FloatBuffer source, int imageStart, int y, int x, int group) {
    int side = shape.tile().outputs();
    int channels = shape.channels();
    int pitch = shape.sourcePitch();
    for (int i = 0; i < shape.tile().inputs(); i++) {
      float[] row = rows.in[i];
      int line = y + i;
      if (line < 0 || line >= shape.height()) {
        Arrays.fill(row, 0, group * channels, 0f);
        continue;
      }
      for (int t = 0; t < group; t++) {
        int column = x + t * side;
        if (column < 0 || column >= shape.width()) {
          Arrays.fill(row, t * channels, (t + 1) * channels, 0f);
        } else {
          source.get(
              imageStart + (line * shape.width() + column) * pitch, row, t * channels, channels);
        }
      }
    }
  }
}
