package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.tensor.DType;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Emits transposed convolutions by oneDNN; sources and destinations are dense. */
final class TransposedConvolutionEmitter {
  private TransposedConvolutionEmitter() {}

  static void add(EmitContext context, Step step, Kernel.TransposedConvolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long taps = (long) conv.kernel() * conv.kernel();
    long[] dims = {conv.out(), conv.in(), conv.kernel(), conv.kernel()};
    long[] stored = {taps, conv.out() * taps, conv.kernel(), 1};
    context.add(
        step,
        context.partition(
            to.slot().height(),
            partition -> {
              SourceRows rows = SourceRows.of(partition, conv, from.slot().height());
              PrimitiveFactory primitives = context.primitives(partition.index());
              dnnl_memory_desc source = primitives.own(from.rows(rows.count()));
              dnnl_memory_desc target = primitives.own(to.rows(partition.size()));
              dnnl_memory_desc weights = primitives.own(Dnnl.any(from.type(), dims));
              dnnl_memory_desc bias =
                  conv.bias() == null
                      ? null
                      : primitives.own(
                          Dnnl.strided(DType.FLOAT32, new long[] {conv.out()}, new long[] {1}));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), null);
              long[] before = {rows.above(), conv.padding()};
              long[] after = {rows.below(), conv.padding()};
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the transposed convolution " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_deconvolution_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              dnnl_deconvolution_direct,
                              source,
                              weights,
                              bias,
                              target,
                              new long[] {conv.stride(), conv.stride()},
                              new long[] {0, 0},
                              before,
                              after,
                              attr));
              Map<Integer, dnnl_memory> arguments = new HashMap<>();
              arguments.put(DNNL_ARG_SRC, primitives.memory(source, from.row(rows.first())));
              arguments.put(DNNL_ARG_DST, primitives.memory(target, to.row(partition.from())));
              arguments.put(
                  DNNL_ARG_WEIGHTS,
                  context
                      .weights()
                      .get(
                          conv.weight(),
                          dims,
                          stored,
                          PrimitiveFactory.chosen(description, dnnl_query_weights_md),
                          primitives.resources()));
              if (conv.bias() != null && bias != null) {
                arguments.put(
                    DNNL_ARG_BIAS,
                    context
                        .weights()
                        .get(
                            conv.bias(),
                            new long[] {conv.out()},
                            new long[] {1},
                            bias,
                            primitives.resources()));
              }
              return primitives.call(description, arguments);
            }));
  }

  /**
   * The rows of a map that reach a share of the result's rows.
   *
   * @param above rows of their result before the share
   * @param below rows of their result after the share
   */
  private record SourceRows(int first, int count, int above, int below) {
    static SourceRows of(
        EmitContext.Partition partition, Kernel.TransposedConvolution conv, int height) {
      int stride = conv.stride();
      int start = partition.from() + conv.padding();
      int first = Math.max(0, -Math.floorDiv(conv.kernel() - 1 - start, stride));
      int last = Math.min(height - 1, (partition.to() - 1 + conv.padding()) / stride);
      int count = last - first + 1;
      int above = start - first * stride;
      return new SourceRows(
          first, count, above, (count - 1) * stride + conv.kernel() - above - partition.size());
    }
  }
}
