package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.natives.Status;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
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
  record Calls(int tiles, Call products, @Nullable Call activation) {
    void multiply() {
      products.run();
    }

    void activate() {
      if (activation != null) {
        activation.run();
      }
    }
  }

  private record Call(
      Operation operation, dnnl_stream stream, int count, dnnl_exec_arg_t arguments) {
    void run() {
      Status.check(
          dnnl_primitive_execute(operation.primitive(), stream, count, arguments), "to run");
    }
  }

  private record Argument(int kind, dnnl_memory memory) {}

  /**
   * Prepares the calls.
   *
   * @param kernel the kernel to run
   * @param engine its engine
   * @param stream a stream of that engine, in order, that no other thread uses at the same time
   * @param memory {@link WinogradKernel#scratchBytes()} bytes, aligned to 64, that the caller keeps
   * @param rows this thread's
   */
  public WinogradScratch(
      WinogradKernel kernel,
      dnnl_engine engine,
      dnnl_stream stream,
      Pointer memory,
      TransformBuffers rows) {
    this.rows = rows;
    ScratchLayout layout = kernel.layout();
    BytePointer start = new BytePointer(memory);
    Pointer first = start.getPointer(0);
    Pointer second = start.getPointer(layout.productsAt());
    Pointer pad = start.getPointer(layout.padAt());
    this.transformed = floats(first, layout.transformedFloats());
    this.results = transformed;
    this.products = floats(second, layout.productFloats());
    Places places = new Places(engine, first, second, pad);
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

  private record Places(dnnl_engine engine, Pointer first, Pointer second, Pointer pad) {}

  private Calls calls(
      WinogradKernel.Stages stages, dnnl_memory weights, Places places, dnnl_stream stream) {
    Operation products = stages.products();
    Operation activation = stages.activation();
    return new Calls(
        stages.tiles(),
        call(
            products,
            stream,
            argument(DNNL_ARG_SRC, products.layout(dnnl_query_src_md), places.engine, places.first),
            new Argument(DNNL_ARG_WEIGHTS, weights),
            argument(
                DNNL_ARG_DST, products.layout(dnnl_query_dst_md), places.engine, places.second),
            pad(products, places)),
        activation == null
            ? null
            : call(
                activation,
                stream,
                argument(
                    DNNL_ARG_SRC,
                    activation.layout(dnnl_query_src_md),
                    places.engine,
                    places.first),
                argument(
                    DNNL_ARG_DST,
                    activation.layout(dnnl_query_dst_md),
                    places.engine,
                    places.first),
                pad(activation, places)));
  }

  private Argument pad(Operation operation, Places places) {
    return argument(
        DNNL_ARG_SCRATCHPAD, operation.layout(dnnl_query_scratchpad_md), places.engine, places.pad);
  }

  private Argument argument(int kind, dnnl_memory_desc layout, dnnl_engine engine, Pointer place) {
    dnnl_memory memory = new dnnl_memory();
    Status.check(dnnl_memory_create(memory, layout, engine, place), "memory");
    resources.add(memory, () -> dnnl_memory_destroy(memory));
    return new Argument(kind, memory);
  }

  private Call call(Operation operation, dnnl_stream stream, Argument... arguments) {
    dnnl_exec_arg_t array = new dnnl_exec_arg_t(arguments.length);
    resources.add(array, array::close);
    for (int i = 0; i < arguments.length; i++) {
      array.getPointer(i).arg(arguments[i].kind).memory(arguments[i].memory);
    }
    return new Call(operation, stream, arguments.length, array);
  }

  Calls calls(int part, int tiles) {
    return tiles == whole[part].tiles() ? whole[part] : last[part];
  }

  @Override
  public void close() {
    resources.close();
  }
}
