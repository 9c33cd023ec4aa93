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
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The transformed filters of one convolution, in native memory of their own and in the layout that
 * oneDNN's matmul asks for: (m+r−1)² planes of C×K floats, which is 1.8 times the filters for
 * F(2×2, 3×3), 4 times for F(4×4, 3×3), 1.3 times for F(2×2, 7×7). Kernels and threads share them.
 */
public final class WinogradWeights implements AutoCloseable {
  private static final long LINE = 64;

  private final Tile tile;
  private final int channels;

  /** The output channels of one part. */
  private final int filters;

  private final dnnl_memory_desc layout;
  private final NativeBlock block;

  /** By part of the output channels. */
  private final dnnl_memory[] planes;

  private WinogradWeights(dnnl_engine engine, WinogradShape shape) {
    this.tile = shape.tile();
    this.channels = shape.channels();
    this.filters = shape.filtersPerBlock();
    this.layout = preferred(engine, shape);
    this.planes = new dnnl_memory[shape.filterParts()];
    long size = (dnnl_memory_desc_get_size(layout) + LINE - 1) / LINE * LINE;
    this.block = new NativeBlock(size * planes.length);
    BytePointer start = new BytePointer(block.start());
    for (int part = 0; part < planes.length; part++) {
      planes[part] = new dnnl_memory();
      Status.check(
          dnnl_memory_create(planes[part], layout, engine, start.getPointer(part * size)),
          "memory");
    }
  }

  private static dnnl_memory_desc preferred(dnnl_engine engine, WinogradShape shape) {
    return Operation.preferred(
        engine,
        shape.tile().products(),
        Math.min(shape.tilesPerBlock(), shape.tiles()),
        shape.channels(),
        shape.filtersPerBlock());
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
    int taps = shape.tile().taps();
    long floats = (long) shape.filters() * shape.channels() * taps * taps;
    if (oihw.length != floats) {
      throw new IllegalArgumentException(
          "filters of %d×%d×%d×%d have %d floats: found %d"
              .formatted(shape.filters(), shape.channels(), taps, taps, floats, oihw.length));
    }
    WinogradWeights weights = new WinogradWeights(engine, shape);
    try (FloatPointer transformed =
        new FloatPointer((long) weights.tile.products() * weights.channels * weights.filters)) {
      for (int part = 0; part < weights.planes.length; part++) {
        weights.transform(oihw, part, transformed);
        weights.pack(engine, stream, transformed, weights.planes[part]);
      }
    }
    return weights;
  }

  private void transform(float[] oihw, int part, FloatPointer to) {
    float[] plane = new float[channels * filters];
    FloatBuffer planeByPlane = to.asBuffer();
    for (int p = 0; p < tile.products(); p++) {
      double[] taps = tile.filterTaps(p);
      int from = part * channels * filters * taps.length;
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

  private void pack(
      dnnl_engine engine, dnnl_stream stream, FloatPointer transformed, dnnl_memory to) {
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
      arguments.getPointer(1).arg(DNNL_ARG_TO).memory(to);
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
    dnnl_memory_desc wanted = preferred(engine, shape);
    boolean same = dnnl_memory_desc_equal(layout, wanted) != 0;
    dnnl_memory_desc_destroy(wanted);
    return same;
  }

  boolean isFor(WinogradShape shape) {
    return shape.tile() == tile
        && shape.channels() == channels
        && shape.filtersPerBlock() == filters
        && shape.filterParts() == planes.length;
  }

  dnnl_memory_desc layout() {
    return layout;
  }

  dnnl_memory planes(int part) {
    return planes[part];
  }

  /** The native memory held. */
  public long bytes() {
    return planes.length * dnnl_memory_desc_get_size(layout);
  }

  @Override
  public void close() {
    for (dnnl_memory part : planes) {
      dnnl_memory_destroy(part);
    }
    dnnl_memory_desc_destroy(layout);
    block.close();
  }
}
