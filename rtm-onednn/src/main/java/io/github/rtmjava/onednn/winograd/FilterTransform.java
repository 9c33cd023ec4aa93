package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.natives.Status;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;

/**
 * The transform of filters by oneDNN: one product of their taps with a matrix that has a column for
 * each plane, and one change of order.
 */
final class FilterTransform implements AutoCloseable {
  private final dnnl_engine engine;
  private final dnnl_stream stream;
  private final Resources resources = new Resources();

  private FilterTransform(dnnl_engine engine, dnnl_stream stream) {
    this.engine = engine;
    this.stream = stream;
  }

  /**
   * Transforms.
   *
   * @param taps the filters, K×C×r×r
   * @param layout of the planes, (m+r−1)² of C×K
   * @param planes memory of that layout
   */
  static void run(
      dnnl_engine engine,
      dnnl_stream stream,
      Tile tile,
      int channels,
      int filters,
      Pointer taps,
      dnnl_memory_desc layout,
      dnnl_memory planes) {
    long pairs = (long) channels * filters;
    int side = tile.taps() * tile.taps();
    long columnBytes = (long) side * tile.products() * Float.BYTES;
    try (FilterTransform transform = new FilterTransform(engine, stream);
        NativeMemory columns = new NativeMemory(columnBytes);
        NativeMemory rows = new NativeMemory(pairs * tile.products() * Float.BYTES)) {
      FloatBuffer values = columns.view(0, columnBytes).asFloatBuffer();
      for (int p = 0; p < tile.products(); p++) {
        double[] column = tile.filterTaps(p);
        for (int tap = 0; tap < side; tap++) {
          values.put(tap * tile.products() + p, (float) column[tap]);
        }
      }
      transform.multiply(pairs, side, tile.products(), taps, columns.at(0), rows.at(0));
      transform.reorder(tile.products(), channels, filters, rows.at(0), layout, planes);
    }
  }

  private void multiply(long pairs, long side, long planes, Pointer a, Pointer b, Pointer to) {
    dnnl_memory_desc left = strided(new long[] {pairs, side}, new long[] {side, 1});
    dnnl_memory_desc right = strided(new long[] {side, planes}, new long[] {planes, 1});
    dnnl_memory_desc made = strided(new long[] {pairs, planes}, new long[] {planes, 1});
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    Status.check(
        dnnl_matmul_primitive_desc_create(description, engine, left, right, null, made, null),
        "a product of filters");
    execute(
        description,
        new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST},
        memory(left, a),
        memory(right, b),
        memory(made, to));
  }

  private void reorder(
      long planes,
      long channels,
      long filters,
      Pointer rows,
      dnnl_memory_desc layout,
      dnnl_memory to) {
    dnnl_memory_desc given =
        strided(new long[] {planes, channels, filters}, new long[] {1, planes, channels * planes});
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    Status.check(
        dnnl_reorder_primitive_desc_create(description, given, engine, layout, engine, null),
        "an order of filters");
    execute(description, new int[] {DNNL_ARG_FROM, DNNL_ARG_TO}, memory(given, rows), to);
  }

  private void execute(dnnl_primitive_desc description, int[] kinds, dnnl_memory... memories) {
    resources.add(description, () -> dnnl_primitive_desc_destroy(description));
    dnnl_primitive primitive = new dnnl_primitive();
    Status.check(dnnl_primitive_create(primitive, description), "a primitive");
    resources.add(primitive, () -> dnnl_primitive_destroy(primitive));
    try (dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(kinds.length)) {
      for (int i = 0; i < kinds.length; i++) {
        arguments.getPointer(i).arg(kinds[i]).memory(memories[i]);
      }
      Status.check(
          dnnl_primitive_execute(primitive, stream, kinds.length, arguments), "to transform");
      Status.check(dnnl_stream_wait(stream), "to transform");
    }
  }

  private dnnl_memory_desc strided(long[] sizes, long[] strides) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    Status.check(
        dnnl_memory_desc_create_with_strides(made, sizes.length, sizes, dnnl_f32, strides),
        "a memory description");
    return resources.add(made, () -> dnnl_memory_desc_destroy(made));
  }

  private dnnl_memory memory(dnnl_memory_desc description, Pointer at) {
    dnnl_memory made = new dnnl_memory();
    Status.check(dnnl_memory_create(made, description, engine, at), "memory");
    return resources.add(made, () -> dnnl_memory_destroy(made));
  }

  @Override
  public void close() {
    resources.close();
  }
}
