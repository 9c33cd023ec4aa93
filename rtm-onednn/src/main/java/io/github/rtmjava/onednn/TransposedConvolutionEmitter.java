package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.CallBuilder;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Operation;

/** Emits transposed convolutions by oneDNN; sources and destinations are dense. */
final class TransposedConvolutionEmitter {
  private TransposedConvolutionEmitter() {}

  static void add(EmitContext context, Step step, Kernel.TransposedConvolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long taps = (long) conv.kernel() * conv.kernel();
    long[] dims = {conv.out(), conv.in(), conv.kernel(), conv.kernel()};
    long[] stored = {taps, conv.out() * taps, conv.kernel(), 1};
    long[] strides = {conv.stride(), conv.stride()};
    context.add(
        step,
        context.partition(
            to.slot().height(),
            part -> {
              SourceRows rows = SourceRows.of(part, conv, from.slot().height());
              CallBuilder call =
                  context
                      .call(part, "the transposed convolution " + step.name())
                      .source(from.rows(rows.count()), from.row(rows.first()))
                      .weights(
                          Dnnl.any(from.type(), dims),
                          context.weights().packed(conv.weight(), dims, stored))
                      .destination(to.rows(part.size()), to.row(part.from()))
                      .post(step.post());
              ConvolutionEmitter.bias(context, call, conv.bias(), conv.out());
              return call.make(
                  Operation.deconvolution(
                      strides,
                      new long[] {rows.above(), conv.padding()},
                      new long[] {rows.below(), conv.padding()}));
            }));
  }

  /**
   * The rows of a map that reach some of the result's rows.
   *
   * @param above rows of their result before those
   * @param below rows of their result after those
   */
  private record SourceRows(int first, int count, int above, int below) {
    static SourceRows of(
        EmitContext.Partition part, Kernel.TransposedConvolution conv, int height) {
      int stride = conv.stride();
      int start = part.from() + conv.padding();
      int first = Math.max(0, -Math.floorDiv(conv.kernel() - 1 - start, stride));
      int last = Math.min(height - 1, (part.to() - 1 + conv.padding()) / stride);
      int count = last - first + 1;
      int above = start - first * stride;
      return new SourceRows(
          first, count, above, (count - 1) * stride + conv.kernel() - above - part.size());
    }
  }
}
