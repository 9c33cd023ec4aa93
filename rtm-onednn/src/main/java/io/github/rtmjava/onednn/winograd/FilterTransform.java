package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.PrimitiveCall;
import io.github.rtmjava.onednn.natives.PrimitiveFactory;
import io.github.rtmjava.tensor.DType;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;

/**
 * The transform of filters by oneDNN: one product of their taps with a matrix that has a column for
 * each plane, and one change of order.
 */
final class FilterTransform {
  private FilterTransform() {}

  /**
   * Transforms.
   *
   * @param taps the filters, K×C×r×r
   * @param layout of the planes, (m+r−1)² of C×K
   * @param planes memory of that layout
   */
  static void run(
      Tile tile, int channels, int filters, Pointer taps, dnnl_memory_desc layout, Pointer planes) {
    long pairs = (long) channels * filters;
    int side = tile.taps() * tile.taps();
    int products = tile.products();
    long columnBytes = (long) side * products * Float.BYTES;
    try (PrimitiveFactory primitives = new PrimitiveFactory();
        NativeMemory columns = new NativeMemory(columnBytes);
        NativeMemory rows = new NativeMemory(pairs * products * Float.BYTES)) {
      FloatBuffer values = columns.view(0, columnBytes).asFloatBuffer();
      for (int p = 0; p < products; p++) {
        double[] column = tile.filterTaps(p);
        for (int tap = 0; tap < side; tap++) {
          values.put(tap * products + p, (float) column[tap]);
        }
      }
      PrimitiveCall multiply =
          primitives
              .call("a product of filters")
              .source(Dnnl.dense(DType.FLOAT32, pairs, side), taps)
              .argument(DNNL_ARG_WEIGHTS, Dnnl.dense(DType.FLOAT32, side, products), columns.at(0))
              .destination(Dnnl.dense(DType.FLOAT32, pairs, products), rows.at(0))
              .make(Operation.matmul());
      PrimitiveCall reorder =
          primitives
              .call("an order of filters")
              .argument(
                  DNNL_ARG_FROM,
                  Dnnl.strided(
                      DType.FLOAT32,
                      new long[] {products, channels, filters},
                      new long[] {1, products, (long) channels * products}),
                  rows.at(0))
              .argument(DNNL_ARG_TO, Dnnl.copy(layout), planes)
              .make(Operation.reorder());
      primitives.run(multiply, reorder);
    }
  }
}
