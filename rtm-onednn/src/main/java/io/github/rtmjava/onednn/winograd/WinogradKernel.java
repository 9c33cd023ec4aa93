package io.github.rtmjava.onednn.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_engine;
import org.jspecify.annotations.Nullable;

/**
 * One convolution: bias, activation and residual with it, {@code activation(conv(x) + bias) +
 * residual}. Immutable; threads share it, each with a {@link WinogradScratch} of its own and with a
 * range of blocks that no other takes. What a block writes depends on nothing but the source, so
 * the result is the same however the blocks are shared out.
 */
public final class WinogradKernel implements AutoCloseable {
  /** A row holds as many tiles as fit in so many floats: 48 rows then fit a first-level cache. */
  private static final int LANES = 256;

  private final WinogradShape shape;
  private final WinogradWeights weights;
  private final float[] bias;
  private final @Nullable Eltwise activation;
  private final Transforms transforms;
  private final Stages whole;
  private final Stages last;
  private final int inputGroup;
  private final int outputGroup;

  /** The primitives for one number of tiles. */
  record Stages(int tiles, Operation products, @Nullable Operation activation)
      implements AutoCloseable {
    @Override
    public void close() {
      products.close();
      if (activation != null) {
        activation.close();
      }
    }
  }

  /**
   * Makes the primitives.
   *
   * @param engine a CPU engine
   * @param shape the convolution
   * @param weights its filters, which the caller keeps open as long as this
   * @param bias K floats
   * @param activation what follows the bias, or null
   * @throws IllegalArgumentException where weights or bias are of another convolution
   */
  public WinogradKernel(
      dnnl_engine engine,
      WinogradShape shape,
      WinogradWeights weights,
      float[] bias,
      @Nullable Eltwise activation) {
    if (!weights.isFor(shape) || bias.length != shape.filters()) {
      throw new IllegalArgumentException(
          "weights and %d biases of another convolution than %s".formatted(bias.length, shape));
    }
    this.shape = shape;
    this.weights = weights;
    this.activation = activation;
    this.transforms = PlainTransforms.of(shape.tile());
    this.inputGroup = group(shape.channels());
    this.outputGroup = group(shape.filters());
    this.bias = new float[outputGroup * shape.filters()];
    for (int g = 0; g < outputGroup; g++) {
      System.arraycopy(bias, 0, this.bias, g * bias.length, bias.length);
    }
    int tilesOfLast = shape.tiles(shape.blocks() - 1);
    this.whole = stages(engine, Math.min(shape.tilesPerBlock(), shape.tiles()));
    this.last = tilesOfLast == whole.tiles() ? whole : stages(engine, tilesOfLast);
  }

  private int group(int channels) {
    return Math.max(1, Math.min(LANES / channels, shape.tilesAcross()));
  }

  private Stages stages(dnnl_engine engine, int tiles) {
    Operation products =
        Operation.products(
            engine,
            shape.tile().products(),
            tiles,
            shape.channels(),
            shape.filters(),
            weights.layout());
    return new Stages(
        tiles,
        products,
        activation == null ? null : Operation.eltwise(engine, activation, outputFloats(tiles)));
  }

  private int outputFloats(int tiles) {
    int side = shape.tile().outputs();
    return tiles * side * side * shape.filters();
  }

  /** The convolution. */
  public WinogradShape shape() {
    return shape;
  }

  /** The floats that each row of {@link WinogradRows} must have. */
  public int lanes() {
    return Math.max(
        inputGroup * shape.channels(),
        Math.max(outputGroup, shape.tile().outputs()) * shape.filters());
  }

  /** The native bytes that each thread needs, in memory aligned to 64 bytes. */
  public long scratchBytes() {
    return layout().bytes();
  }

  /** oneDNN's name of the matmul chosen, for reports. */
  public String implementation() {
    return whole.products().implementation();
  }

  WinogradWeights weights() {
    return weights;
  }

  Stages whole() {
    return whole;
  }

  Stages last() {
    return last;
  }

  ScratchLayout layout() {
    long transformed = (long) shape.tile().products() * whole.tiles() * shape.channels();
    long products = (long) shape.tile().products() * whole.tiles() * shape.filters();
    return new ScratchLayout(
        Math.max(transformed, outputFloats(whole.tiles())),
        products,
        Math.max(whole.products().scratchpadBytes(), last.products().scratchpadBytes()));
  }

  /**
   * Computes the output of some blocks.
   *
   * @param scratch this thread's
   * @param source from the first channel of the first pixel on, with the source pitch; unchanged
   * @param destination from the first channel of the first pixel on, with the destination pitch;
   *     channels beyond K stay as they are. It may not overlap the source.
   * @param residual null, or what is added after the activation, laid out with {@code
   *     residualPitch}; it may be the destination itself
   * @param residualPitch floats from a pixel of the residual to the next
   * @param first the first block
   * @param end the block after the last
   */
  public void run(
      WinogradScratch scratch,
      FloatBuffer source,
      FloatBuffer destination,
      @Nullable FloatBuffer residual,
      int residualPitch,
      int first,
      int end) {
    for (int block = first; block < end; block++) {
      int tile = block * shape.tilesPerBlock();
      int tiles = shape.tiles(block);
      input(scratch.rows, source, scratch.transformed, tile, tiles);
      WinogradScratch.Calls calls = scratch.calls(tiles);
      calls.multiply();
      output(scratch.rows, scratch.products, scratch.results, tiles);
      calls.activate();
      store(scratch, destination, residual, residualPitch, tile, tiles);
    }
  }

  /** Bᵀ d B of every tile, as planes of tiles×C. */
  private void input(
      WinogradRows rows, FloatBuffer source, FloatBuffer planes, int firstTile, int tiles) {
    int side = shape.tile().outputs();
    int window = shape.tile().inputs();
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
      int y = tileY * side - 1;
      int x = tileX * side - 1;
      // The last two columns of a tile are the first two of its right neighbour.
      for (int j = 0; j < 2; j++) {
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
      for (int j = 2; j < window; j++) {
        load(rows, source, image * imageFloats, y, x + j, group);
        transforms.input(rows.in, rows.byColumn[j], lanes);
      }
      if (group > 1) {
        for (int j = 0; j < 2; j++) {
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

  /** Aᵀ m A of every tile and the bias, as tiles of m×m×K. */
  private void output(WinogradRows rows, FloatBuffer planes, FloatBuffer results, int tiles) {
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

  private void store(
      WinogradScratch scratch,
      FloatBuffer destination,
      @Nullable FloatBuffer residual,
      int residualPitch,
      int firstTile,
      int tiles) {
    int side = shape.tile().outputs();
    int filters = shape.filters();
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
          copy(scratch.results, from, destination, pixel, width);
        } else {
          add(scratch, from, destination, residual, residualPitch, pixel, width);
        }
      }
    }
  }

  private void copy(FloatBuffer results, int from, FloatBuffer destination, int pixel, int width) {
    int filters = shape.filters();
    int pitch = shape.destinationPitch();
    if (pitch == filters) {
      destination.put(pixel * pitch, results, from, width * filters);
    } else {
      for (int j = 0; j < width; j++) {
        destination.put((pixel + j) * pitch, results, from + j * filters, filters);
      }
    }
  }

  private void add(
      WinogradScratch scratch,
      int from,
      FloatBuffer destination,
      FloatBuffer residual,
      int residualPitch,
      int pixel,
      int width) {
    int filters = shape.filters();
    int pitch = shape.destinationPitch();
    float[] sum = scratch.rows.in[0];
    float[] rest = scratch.rows.in[1];
    scratch.results.get(from, sum, 0, width * filters);
    for (int j = 0; j < width; j++) {
      residual.get((pixel + j) * residualPitch, rest, j * filters, filters);
    }
    transforms.add(sum, rest, width * filters);
    for (int j = 0; j < width; j++) {
      destination.put((pixel + j) * pitch, sum, j * filters, filters);
    }
  }

  @Override
  public void close() {
    whole.close();
    if (last.tiles() != whole.tiles()) {
      last.close();
    }
  }
}
