package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.CallBuilder;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.tensor.DType;
import org.jspecify.annotations.Nullable;

/** Emits convolutions by oneDNN: pointwise ones as products of matrices, others directly. */
final class ConvolutionEmitter {
  private ConvolutionEmitter() {}

  /** Adds a pointwise convolution as a product [pixels, in] x [in, out]. */
  static void pointwise(EmitContext context, Step step, Kernel.Convolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    TensorView addend = addend(context, step, to);
    long[] dims = {conv.in(), conv.out()};
    context.add(
        step,
        context.partition(
            to.images() * to.slot().pixels(),
            part -> {
              CallBuilder call =
                  context
                      .call(part, "the product " + step.name())
                      .source(from.matrix(part.size()), from.pixel(part.from()))
                      .weights(
                          Dnnl.any(from.type(), dims),
                          context.weights().packed(conv.weight(), dims, new long[] {1, conv.in()}))
                      .destination(to.matrix(part.size()), to.pixel(part.from()))
                      .post(step.post());
              bias(context, call, conv.bias(), 1, conv.out());
              if (addend != null) {
                call.addend(addend.matrix(part.size()), addend.pixel(part.from()));
              }
              return call.make(Operation.matmul());
            }));
  }

  /** Adds any convolution, directly; source and destination are dense. */
  static void direct(EmitContext context, Step step, Kernel.Convolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    TensorView addend = addend(context, step, to);
    long[] dims = dims(conv);
    long[] strides = {conv.stride(), conv.stride()};
    context.add(
        step,
        context.partition(
            to.slot().height(),
            part -> {
              ReceptiveRows rows =
                  ReceptiveRows.of(
                      part, conv.kernel(), conv.stride(), conv.padding(), from.slot().height());
              CallBuilder call =
                  context
                      .call(part, "the convolution " + step.name())
                      .source(from.rows(rows.count()), from.row(rows.first()))
                      .weights(
                          Dnnl.any(from.type(), dims),
                          context.weights().packed(conv.weight(), dims))
                      .destination(to.rows(part.size()), to.row(part.from()))
                      .post(step.post());
              bias(context, call, conv.bias(), conv.out());
              if (addend != null) {
                call.addend(addend.rows(part.size()), addend.row(part.from()));
              }
              return call.make(
                  Operation.convolution(
                      strides,
                      new long[] {rows.above(), conv.padding()},
                      new long[] {rows.below(), conv.padding()}));
            }));
  }

  private static long[] dims(Kernel.Convolution conv) {
    return conv.groups() == 1
        ? new long[] {conv.out(), conv.in(), conv.kernel(), conv.kernel()}
        : new long[] {
          conv.groups(),
          conv.out() / conv.groups(),
          conv.in() / conv.groups(),
          conv.kernel(),
          conv.kernel()
        };
  }

  /** Adds a bias to a call, if there is one. */
  static void bias(EmitContext context, CallBuilder call, @Nullable String key, long... dims) {
    if (key != null) {
      call.argument(
          DNNL_ARG_BIAS, Dnnl.dense(DType.FLOAT32, dims), context.weights().packed(key, dims));
    }
  }

  /** The second operand of a sum that does not lie where the result goes. */
  private static @Nullable TensorView addend(EmitContext context, Step step, TensorView to) {
    if (!step.addsInput()) {
      return null;
    }
    TensorView view = context.view(step.inputs().get(step.inputs().size() - 1));
    return view.placement().equals(to.placement()) ? null : view;
  }

  /**
   * The rows of a map that some of the result's rows depend on.
   *
   * @param above rows of padding before them
   * @param below rows of padding after them
   */
  record ReceptiveRows(int first, int count, int above, int below) {
    static ReceptiveRows of(
        EmitContext.Partition part, int kernel, int stride, int padding, int height) {
      int first = part.from() * stride - padding;
      int end = (part.to() - 1) * stride - padding + kernel;
      int from = Math.max(first, 0);
      int to = Math.min(end, height);
      return new ReceptiveRows(from, to - from, from - first, end - to);
    }
  }
}
