package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** From the source to planes of transformed tiles: Bᵀ d B of every tile, as planes of tiles×C. */
final class InputStage {
  private final WinogradShape shape;
  private final Transforms transforms;
  private final Lanes lanes;

  InputStage(WinogradShape shape, Transforms transforms) {
    this.shape = shape;
    this.transforms = transforms;
    this.lanes = Lanes.of(shape, shape.channels());
  }

  void run(
      TransformBuffers rows, FloatBuffer source, FloatBuffer planes, int firstTile, int tiles) {
    for (int channel = 0; channel < shape.channels(); channel += lanes.channels()) {
      int count = Math.min(lanes.channels(), shape.channels() - channel);
      transform(rows, source, planes, firstTile, tiles, channel, count);
    }
  }

  private void transform(
      TransformBuffers rows,
      FloatBuffer source,
      FloatBuffer planes,
      int firstTile,
      int tiles,
      int channel,
      int count) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    int shared = window - side;
    int across = shape.tilesAcross();
    int down = shape.tilesDown();
    int imageFloats = shape.height() * shape.width() * shape.sourcePitch();
    int done = 0;
    int before = 0;
    while (done < tiles) {
      int tile = firstTile + done;
      int tileX = tile % across;
      int y = tile / across % down * side - shared / 2;
      int x = tileX * side - shared / 2;
      int start = tile / across / down * imageFloats + channel;
      int group = Math.min(Math.min(lanes.tiles(), across - tileX), tiles - done);
      // The last columns of a tile are the first of its right neighbour.
      for (int j = 0; j < shared; j++) {
        if (tileX == 0 || done == 0) {
          load(rows, source, start, y, x + j, 1, count);
          transforms.input(rows.in, rows.byColumn[j], count);
        } else {
          takeOver(rows, j, before, count);
        }
      }
      for (int j = shared; j < window; j++) {
        load(rows, source, start, y, x + j, group, count);
        transforms.input(rows.in, rows.byColumn[j], group * count);
      }
      if (group > 1) {
        passOn(rows, group, count);
      }
      for (int i = 0; i < window; i++) {
        transforms.input(rows.byRow[i], rows.out, group * count);
        for (int j = 0; j < window; j++) {
          planes.put(
              ((i * window + j) * tiles + done) * shape.channels() + channel,
              rows.out[j],
              0,
              group * count);
        }
      }
      before = group;
      done += group;
    }
  }

  /** Column {@code j} of the first tile, from the last tile of the group before. */
  private void takeOver(TransformBuffers rows, int j, int before, int count) {
    int from = j + shape.tile().outputs();
    if (lanes.tiles() == 1) {
      rows.swapColumns(j, from);
      return;
    }
    for (int i = 0; i < shape.tile().inputs(); i++) {
      System.arraycopy(rows.byColumn[from][i], (before - 1) * count, rows.byColumn[j][i], 0, count);
    }
  }

  /** The first columns of every tile but the first, each from its left neighbour. */
  private void passOn(TransformBuffers rows, int group, int count) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
    for (int j = window - side - 1; j >= 0; j--) {
      for (int i = 0; i < window; i++) {
        System.arraycopy(
            rows.byColumn[j + side][i], 0, rows.byColumn[j][i], count, (group - 1) * count);
      }
    }
  }

  /** The column at x of one tile and of the group's tiles to the right, each at its offset. */
  private void load(
      TransformBuffers rows, FloatBuffer source, int start, int y, int x, int group, int count) {
    int side = shape.tile().outputs();
    for (int i = 0; i < shape.tile().inputs(); i++) {
      float[] row = rows.in[i];
      int line = y + i;
      if (line < 0 || line >= shape.height()) {
        Arrays.fill(row, 0, group * count, 0f);
        continue;
      }
      for (int t = 0; t < group; t++) {
        int column = x + t * side;
        if (column < 0 || column >= shape.width()) {
          Arrays.fill(row, t * count, (t + 1) * count, 0f);
        } else {
          source.get(
              start + (line * shape.width() + column) * shape.sourcePitch(), row, t * count, count);
        }
      }
    }
  }
}
