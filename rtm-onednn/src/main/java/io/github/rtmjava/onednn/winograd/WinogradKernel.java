package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.Primitive;
import io.github.rtmjava.onednn.natives.PrimitiveBuilder;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.tensor.DType;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.jspecify.annotations.Nullable;

/**
 * One convolution: bias, activation and residual with it, {@code activation(conv(x) + bias) +
 * residual}. Immutable; threads share it, each with a {@link WinogradScratch} of its own and with a
 * range of blocks that no other takes. What a block writes depends on nothing but the source, so
 * the result is the same however the blocks are shared out.
 */
public final class WinogradKernel implements AutoCloseable {
  private final WinogradShape shape;
  private final WinogradWeights weights;
  private final @Nullable Eltwise activation;
  private final Stages whole;
  private final Stages last;
  private final InputStage input;
  private final OutputStage output;
  private final StoreStage store;

  private final Resources resources = new Resources();

  /** The primitives for one number of tiles. */
  record Stages(int tiles, Primitive products, @Nullable Primitive activation) {}

  /**
   * Makes the primitives.
   *
   * @param shape the convolution
   * @param weights its filters, which the caller keeps open as long as this
   * @param bias K floats
   * @param activation what follows the bias, or null
   * @throws IllegalArgumentException where weights or bias are of another convolution
   */
  public WinogradKernel(
      WinogradShape shape, WinogradWeights weights, float[] bias, @Nullable Eltwise activation) {
    if (!weights.isFor(shape) || bias.length != shape.filters()) {
      throw new IllegalArgumentException(
          "weights and %s biases of another convolution than %s".formatted(bias.length, shape));
    }
    this.shape = shape;
    this.weights = weights;
    this.activation = activation;
    Transforms transforms = LoopTransforms.of(shape.tile());
    this.input = new InputStage(shape, transforms);
    this.output = new OutputStage(shape, transforms, bias);
    this.store = new StoreStage(shape, transforms);
    int tilesOfLast = shape.tiles(shape.runs() - 1);
    try {
      this.whole = stages(Math.min(shape.tilesPerBlock(), shape.tiles()));
      this.last = tilesOfLast == whole.tiles() ? whole : stages(tilesOfLast);
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  private Stages stages(int tiles) {
    Primitive products =
        BatchedMatmul.of(
            resources,
            shape.tile().products(),
            tiles,
            shape.channels(),
            shape.filtersPerBlock(),
            weights.layout());
    if (activation == null) {
      return new Stages(tiles, products, null);
    }
    try (Resources used = new Resources()) {
      dnnl_memory_desc floats = Dnnl.dense(DType.FLOAT32, outputFloats(tiles));
      used.add(floats, () -> dnnl_memory_desc_destroy(floats));
      return new Stages(
          tiles,
          products,
          new PrimitiveBuilder(resources, activation.toString())
              .argument(DNNL_ARG_SRC, floats)
              .argument(DNNL_ARG_DST, floats)
              .make(Operation.eltwise(activation)));
    }
  }

  private int outputFloats(int tiles) {
    int side = shape.tile().outputs();
    return tiles * side * side * shape.filtersPerBlock();
  }

  /** The convolution. */
  public WinogradShape shape() {
    return shape;
  }

  /** The native bytes that each thread needs, in memory aligned to 64 bytes. */
  public long scratchBytes() {
    return layout().bytes();
  }

  /** oneDNN's name of the matmul chosen, for reports. */
  public String implementation() {
    return whole.products().implementation();
  }

  InputStage input() {
    return input;
  }

  OutputStage output() {
    return output;
  }

  StoreStage store() {
    return store;
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
    long products = (long) shape.tile().products() * whole.tiles() * shape.filtersPerBlock();
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
      int part = block / shape.runs();
      int run = block % shape.runs();
      int tile = run * shape.tilesPerBlock();
      int tiles = shape.tiles(run);
      WinogradScratch.Calls calls = scratch.calls(part, tiles);
      input.run(scratch.rows, source, scratch.transformed, tile, tiles);
      calls.multiply();
      output.run(scratch.rows, scratch.products, scratch.results, part, tiles);
      calls.activate();
      store.run(scratch, destination, residual, residualPitch, part, tile, tiles);
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
