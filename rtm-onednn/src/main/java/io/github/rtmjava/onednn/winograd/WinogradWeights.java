package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The transformed filters of one convolution, in native memory of their own and in the layout that
 * oneDNN's matmul asks for: (m+r−1)² planes of C×K floats, which is 1.8 times the filters for
 * F(2×2, 3×3), 4 times for F(4×4, 3×3), 1.3 times for F(2×2, 7×7). Kernels and threads share them.
 */
public final class WinogradWeights implements AutoCloseable {
  private final Tile tile;
  private final int channels;
  private final int filters;
  private final dnnl_memory_desc layout;
  private final NativeBlock block;
  private final dnnl_memory planes = new dnnl_memory();

  private WinogradWeights(
      dnnl_engine engine, Tile tile, int channels, int filters, dnnl_memory_desc layout) {
    this.tile = tile;
    this.channels = channels;
    this.filters = filters;
    this.layout = layout;
    this.block = new NativeBlock(dnnl_memory_desc_get_size(layout));
    Status.check(dnnl_memory_create(planes, layout, engine, block.start()), "memory");
  }

  /**
   * Transforms filters, in float64 inside.
   *
   * @param engine a CPU engine
   * @param stream a stream of it
   * @param shape the convolution for which the layout is chosen
   * @param oihw the filters, K×C×r×r
   * @throws IllegalArgumentException where there are not K·C·r² floats
   */
  public static WinogradWeights of(
      dnnl_engine engine, dnnl_stream stream, WinogradShape shape, float[] oihw) {
    int channels = shape.channels();
    int filters = shape.filters();
    Tile tile = shape.tile();
    int taps = tile.taps();
    long floats = (long) filters * channels * taps * taps;
    if (oihw.length != floats) {
      throw new IllegalArgumentException(
          "filters of %d×%d×%d×%d have %d floats: found %d"
              .formatted(filters, channels, taps, taps, floats, oihw.length));
    }
    dnnl_memory_desc layout =
        Operation.preferred(engine, tile.products(), shape.tilesPerBlock(), channels, filters);
    WinogradWeights weights = new WinogradWeights(engine, tile, channels, filters, layout);
    try (FloatPointer transformed = new FloatPointer((long) tile.products() * channels * filters)) {
      weights.transform(oihw, transformed);
      weights.pack(engine, stream, transformed);
    }
    return weights;
  }

  private void transform(float[] oihw, FloatPointer to) {
    float[] plane = new float[channels * filters];
    FloatBuffer planeByPlane = to.asBuffer();
    for (int p = 0; p < tile.products(); p++) {
      double[] taps = tile.filterTaps(p);
      int from = 0;
      for (int k = 0; k < filters; k++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (double tap : taps) {
            sum += tap * oihw[from++];
          }
          plane[c * filters + k] = (float) sum;
        }
      }
      planeByPlane.put(plane);
    }
  }

  private void pack(dnnl_engine engine, dnnl_stream stream, FloatPointer transformed) {
    dnnl_memory_desc plain = Operation.dense(tile.products(), channels, filters);
    dnnl_memory from = new dnnl_memory();
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    dnnl_primitive reorder = new dnnl_primitive();
    try (dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(2)) {
      Status.check(dnnl_memory_create(from, plain, engine, transformed), "memory");
      Status.check(
          dnnl_reorder_primitive_desc_create(description, plain, engine, layout, engine, null),
          "a reorder");
      Status.check(dnnl_primitive_create(reorder, description), "a reorder");
      arguments.getPointer(0).arg(DNNL_ARG_FROM).memory(from);
      arguments.getPointer(1).arg(DNNL_ARG_TO).memory(planes);
      Status.check(dnnl_primitive_execute(reorder, stream, 2, arguments), "to reorder");
      Status.check(dnnl_stream_wait(stream), "to reorder");
    } finally {
      dnnl_primitive_destroy(reorder);
      dnnl_primitive_desc_destroy(description);
      dnnl_memory_destroy(from);
      dnnl_memory_desc_destroy(plain);
    }
  }

  /** Whether oneDNN would ask for this very layout at another block size. */
  public boolean suits(dnnl_engine engine, WinogradShape shape) {
    if (!isFor(shape)) {
      return false;
    }
    dnnl_memory_desc wanted =
        Operation.preferred(engine, tile.products(), shape.tilesPerBlock(), channels, filters);
    boolean same = dnnl_memory_desc_equal(layout, wanted) != 0;
    dnnl_memory_desc_destroy(wanted);
    return same;
  }

  boolean isFor(WinogradShape shape) {
    return shape.tile() == tile && shape.channels() == channels && shape.filters() == filters;
  }

  dnnl_memory_desc layout() {
    return layout;
  }

  dnnl_memory planes() {
    return planes;
  }

  /** The native memory held. */
  public long bytes() {
    return dnnl_memory_desc_get_size(layout);
  }

  @Override
  public void close() {
    dnnl_memory_destroy(planes);
    dnnl_memory_desc_destroy(layout);
    block.close();
  }
}
