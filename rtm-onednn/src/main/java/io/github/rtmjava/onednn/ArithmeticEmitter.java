package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.Operation;
import java.util.List;

/** Emits matrix products, channel scales, softmax and element-wise functions by oneDNN. */
final class ArithmeticEmitter {
  private ArithmeticEmitter() {}

  /** The product of two maps as matrices. */
  static void product(EmitContext context, Step step, Kernel.Product product) {
    TensorView a = context.view(step.inputs().get(0));
    TensorView b = context.view(step.inputs().get(1));
    TensorView to = context.view(step.output());
    long images = context.images();
    long inner = a.channels();
    context.add(
        step,
        context.partition(
            to.slot().pixels(),
            part ->
                context
                    .call(part, "the product " + step.name())
                    .source(
                        Dnnl.strided(
                            a.type(),
                            new long[] {images, part.size(), inner},
                            new long[] {a.imagePitch(), a.pitch(), 1}),
                        a.pixel(part.from()))
                    .argument(
                        DNNL_ARG_WEIGHTS,
                        Dnnl.strided(
                            b.type(),
                            new long[] {images, inner, to.channels()},
                            product.transposeB()
                                ? new long[] {b.imagePitch(), 1, b.pitch()}
                                : new long[] {b.imagePitch(), b.pitch(), 1}),
                        b.pixel(0))
                    .destination(
                        Dnnl.strided(
                            to.type(),
                            new long[] {images, part.size(), to.channels()},
                            new long[] {to.imagePitch(), to.pitch(), 1}),
                        to.pixel(part.from()))
                    .post(step.post())
                    .make(Operation.matmul())));
  }

  /** The product of a map and one factor per channel and image; both are dense. */
  static void scaleChannels(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView factors = context.view(step.inputs().get(1));
    TensorView to = context.view(step.output());
    context.add(
        step,
        context.partition(
            to.slot().height(),
            part ->
                context
                    .call(part, "the product " + step.name())
                    .source(from.rows(part.size()), from.row(part.from()))
                    .argument(DNNL_ARG_SRC_1, factors.rows(1), factors.row(0))
                    .destination(to.rows(part.size()), to.row(part.from()))
                    .post(step.post())
                    .make(Operation.binary(dnnl_binary_mul))));
  }

  /** Exponentials over their sum, pixel by pixel; both maps are dense. */
  static void softmax(EmitContext context, Step step) {
    pixels(context, step, "the softmax ", step.post(), Operation.softmax(1));
  }

  /** A step's element-wise functions, one after another; both maps are dense. */
  static void elementwise(EmitContext context, Step step) {
    List<PostOp> functions = step.post();
    pixels(
        context,
        step,
        "the function ",
        List.copyOf(functions.subList(1, functions.size())),
        Operation.eltwise(Eltwise.of(functions.get(0))));
  }

  private static void pixels(
      EmitContext context, Step step, String what, List<PostOp> post, Operation operation) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    context.add(
        step,
        context.partition(
            context.images() * to.slot().pixels(),
            part ->
                context
                    .call(part, what + step.name())
                    .source(from.matrix(part.size()), from.pixel(part.from()))
                    .destination(to.matrix(part.size()), to.pixel(part.from()))
                    .post(post)
                    .make(operation)));
  }
}
