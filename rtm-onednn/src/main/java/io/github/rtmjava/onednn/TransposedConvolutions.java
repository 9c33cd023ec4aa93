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

/** Transposed convolutions by oneDNN; sources and destinations are dense. */
final class TransposedConvolutions {
  private TransposedConvolutions() {}

  static void add(Site site, Step step, Kernel.TransposedConvolution conv) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    long taps = (long) conv.kernel() * conv.kernel();
    long[] dims = {conv.out(), conv.in(), conv.kernel(), conv.kernel()};
    long[] stored = {taps, conv.out() * taps, conv.kernel(), 1};
    site.add(
        step,
        site.split(
            to.slot().height(),
            share -> {
              Rows rows = Rows.of(share, conv, from.slot().height());
              Primitives primitives = site.primitives(share.part());
              dnnl_memory_desc source = primitives.own(from.rows(rows.count()));
              dnnl_memory_desc target = primitives.own(to.rows(share.size()));
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
              arguments.put(DNNL_ARG_DST, primitives.memory(target, to.row(share.from())));
              arguments.put(
                  DNNL_ARG_WEIGHTS,
                  site.weights()
                      .get(
                          conv.weight(),
                          dims,
                          stored,
                          Primitives.chosen(description, dnnl_query_weights_md),
                          primitives.resources()));
              if (conv.bias() != null && bias != null) {
                arguments.put(
                    DNNL_ARG_BIAS,
                    site.weights()
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
  private record Rows(int first, int count, int above, int below) {
    static Rows of(Site.Share share, Kernel.TransposedConvolution conv, int height) {
      int stride = conv.stride();
      int start = share.from() + conv.padding();
      int first = Math.max(0, -Math.floorDiv(conv.kernel() - 1 - start, stride));
      int last = Math.min(height - 1, (share.to() - 1 + conv.padding()) / stride);
      int count = last - first + 1;
      int above = start - first * stride;
      return new Rows(
          first, count, above, (count - 1) * stride + conv.kernel() - above - share.size());
    }
  }
}
