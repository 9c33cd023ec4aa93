package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Resources;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;

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
  private final NativeMemory block;
  private final Resources resources = new Resources();

  /** By part of the output channels. */
  private final dnnl_memory[] planes;

  private WinogradWeights(WinogradShape shape) {
    this.tile = shape.tile();
    this.channels = shape.channels();
    this.filters = shape.filtersPerBlock();
    this.planes = new dnnl_memory[shape.filterParts()];
    try {
      this.layout = preferred(resources, shape);
      long size = planeBytes(layout);
      this.block = resources.block(size * planes.length);
      for (int part = 0; part < planes.length; part++) {
        planes[part] = Dnnl.get().memory(resources, layout, block.at(part * size));
      }
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  private static dnnl_memory_desc preferred(Resources owner, WinogradShape shape) {
    return BatchedMatmul.layout(
        owner,
        shape.tile().products(),
        Math.min(shape.tilesPerBlock(), shape.tiles()),
        shape.channels(),
        shape.filtersPerBlock());
  }

  /**
   * Memory for filters, with nothing in it yet.
   *
   * @param shape the convolution for which the layout is chosen
   */
  public static WinogradWeights allocate(WinogradShape shape) {
    return new WinogradWeights(shape);
  }

  /** {@link #allocate} and {@link #transform}. */
  static WinogradWeights of(WinogradShape shape, FloatBuffer oihw) {
    WinogradWeights weights = allocate(shape);
    weights.transform(oihw);
    return weights;
  }

  /**
   * Transforms filters into this.
   *
   * @param oihw the filters, K×C×r×r
   * @throws IllegalArgumentException where there are not K·C·r² floats
   */
  public void transform(FloatBuffer oihw) {
    int taps = tile.taps();
    long floats = (long) planes.length * filters * channels * taps * taps;
    if (oihw.remaining() != floats) {
      throw new IllegalArgumentException(
          "filters of %s×%s×%s×%s have %s floats: found %s"
              .formatted(planes.length * filters, channels, taps, taps, floats, oihw.remaining()));
    }
    try (NativeMemory taken = new NativeMemory(floats * Float.BYTES)) {
      taken.view(0, floats * Float.BYTES).asFloatBuffer().put(oihw.duplicate());
      for (int part = 0; part < planes.length; part++) {
        FilterTransform.run(
            tile,
            channels,
            filters,
            taken.at(part * (floats / planes.length) * Float.BYTES),
            layout,
            block.at(part * planeBytes(layout)));
      }
    }
  }

  /** Makes all filters zero. */
  public void clear() {
    block.clear();
  }

  private static long planeBytes(dnnl_memory_desc layout) {
    return (dnnl_memory_desc_get_size(layout) + LINE - 1) / LINE * LINE;
  }

  /** Whether oneDNN would ask for this very layout at another block size. */
  public boolean suits(WinogradShape shape) {
    if (!isFor(shape)) {
      return false;
    }
    try (Resources used = new Resources()) {
      return dnnl_memory_desc_equal(layout, preferred(used, shape)) != 0;
    }
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
    resources.close();
  }
}
