package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

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
    long size = planeBytes();
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
   * Memory for filters, with nothing in it yet.
   *
   * @param engine a CPU engine
   * @param shape the convolution for which the layout is chosen
   */
  public static WinogradWeights allocate(dnnl_engine engine, WinogradShape shape) {
    return new WinogradWeights(engine, shape);
  }

  /** {@link #allocate} and {@link #transform}. */
  static WinogradWeights of(
      dnnl_engine engine, dnnl_stream stream, WinogradShape shape, FloatBuffer oihw) {
    WinogradWeights weights = allocate(engine, shape);
    weights.transform(engine, stream, oihw);
    return weights;
  }

  /**
   * Transforms filters into this.
   *
   * @param engine the engine of this
   * @param stream a stream of it
   * @param oihw the filters, K×C×r×r
   * @throws IllegalArgumentException where there are not K·C·r² floats
   */
  public void transform(dnnl_engine engine, dnnl_stream stream, FloatBuffer oihw) {
    int taps = tile.taps();
    long floats = (long) planes.length * filters * channels * taps * taps;
    if (oihw.remaining() != floats) {
      throw new IllegalArgumentException(
          "filters of %s×%s×%s×%s have %s floats: found %s"
              .formatted(planes.length * filters, channels, taps, taps, floats, oihw.remaining()));
    }
    try (FloatPointer native32 = new FloatPointer(floats)) {
      native32.asBuffer().put(oihw.duplicate());
      for (int part = 0; part < planes.length; part++) {
        FilterTransform.run(
            engine,
            stream,
            tile,
            channels,
            filters,
            native32.getPointer(part * floats / planes.length),
            layout,
            planes[part]);
      }
    }
  }

  /** Makes all filters zero. */
  public void clear() {
    Pointer.memset(block.start(), 0, planeBytes() * planes.length);
  }

  private long planeBytes() {
    return (dnnl_memory_desc_get_size(layout) + LINE - 1) / LINE * LINE;
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

  /** Into how many parts the output channels are cut. */
  public int parts() {
    return planes.length;
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
