package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Primitive;
import io.github.rtmjava.onednn.natives.PrimitiveCall;
import io.github.rtmjava.onednn.natives.Resources;
import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to run one kernel: places in native memory that the caller lends, rows, and
 * oneDNN's calls with their arguments. Nothing lives there between two runs, so all kernels of a
 * thread may have the same memory and rows.
 */
public final class WinogradScratch implements AutoCloseable {
  final TransformBuffers rows;
  final FloatBuffer transformed;
  final FloatBuffer products;

  /** The place of {@link #transformed}, once the products are made. */
  final FloatBuffer results;

  private final Resources resources = new Resources();

  /** By part of the output channels. */
  private final Calls[] whole;

  private final Calls[] last;

  /** The calls for one number of tiles. */
  record Calls(int tiles, PrimitiveCall products, @Nullable PrimitiveCall activation) {
    void multiply() {
      products.run();
    }

    void activate() {
      if (activation != null) {
        activation.run();
      }
    }
  }

  /**
   * Prepares the calls.
   *
   * @param kernel the kernel to run
   * @param stream that no other thread uses at the same time
   * @param memory {@link WinogradKernel#scratchBytes()} bytes, aligned to 64, that the caller keeps
   * @param rows this thread's
   */
  public WinogradScratch(
      WinogradKernel kernel, dnnl_stream stream, Pointer memory, TransformBuffers rows) {
    this.rows = rows;
    ScratchLayout layout = kernel.layout();
    BytePointer start = new BytePointer(memory);
    Pointer first = start.getPointer(0);
    Pointer second = start.getPointer(layout.productsAt());
    Pointer pad = start.getPointer(layout.padAt());
    this.transformed = floats(first, layout.transformedFloats());
    this.results = transformed;
    this.products = floats(second, layout.productFloats());
    Places places = new Places(first, second, pad);
    int parts = kernel.shape().filterParts();
    this.whole = new Calls[parts];
    this.last = new Calls[parts];
    try {
      for (int part = 0; part < parts; part++) {
        whole[part] = calls(kernel.whole(), kernel.weights().planes(part), places, stream);
        last[part] =
            kernel.last().tiles() == kernel.whole().tiles()
                ? whole[part]
                : calls(kernel.last(), kernel.weights().planes(part), places, stream);
      }
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  private static FloatBuffer floats(Pointer start, long count) {
    return new FloatPointer(start).capacity(count).asBuffer();
  }

  private record Places(Pointer first, Pointer second, Pointer pad) {}

  private Calls calls(
      WinogradKernel.Stages stages, dnnl_memory weights, Places places, dnnl_stream stream) {
    Primitive products = stages.products();
    Primitive activation = stages.activation();
    return new Calls(
        stages.tiles(),
        products.call(
            resources,
            stream,
            Map.of(
                DNNL_ARG_SRC,
                memory(products, DNNL_ARG_SRC, places.first),
                DNNL_ARG_WEIGHTS,
                weights,
                DNNL_ARG_DST,
                memory(products, DNNL_ARG_DST, places.second),
                DNNL_ARG_SCRATCHPAD,
                memory(products, DNNL_ARG_SCRATCHPAD, places.pad))),
        activation == null
            ? null
            : activation.call(
                resources,
                stream,
                Map.of(
                    DNNL_ARG_SRC,
                    memory(activation, DNNL_ARG_SRC, places.first),
                    DNNL_ARG_DST,
                    memory(activation, DNNL_ARG_DST, places.first),
                    DNNL_ARG_SCRATCHPAD,
                    memory(activation, DNNL_ARG_SCRATCHPAD, places.pad))));
  }

  private dnnl_memory memory(Primitive primitive, int argument, Pointer place) {
    return Dnnl.get().memory(resources, primitive.layout(argument), place);
  }

  Calls calls(int part, int tiles) {
    return tiles == whole[part].tiles() ? whole[part] : last[part];
  }

  @Override
  public void close() {
    resources.close();
  }
}
