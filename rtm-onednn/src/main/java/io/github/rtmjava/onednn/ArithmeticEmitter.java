package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Emits matrix products, channel scales, softmax and element-wise functions by oneDNN. */
final class ArithmeticEmitter {
  private ArithmeticEmitter() {}

  /** The product of two maps as matrices. */
  static void product(EmitContext context, Step step, Kernel.Product product) {
    TensorView a = context.view(step.inputs().get(0));
    TensorView b = context.view(step.inputs().get(1));
    TensorView to = context.view(step.output());
    long inner = a.channels();
    context.add(
        step,
        context.partition(
            to.slot().pixels(),
            partition -> {
              PrimitiveFactory primitives = context.primitives(partition.index());
              dnnl_memory_desc left =
                  primitives.own(
                      Dnnl.strided(
                          a.type(),
                          new long[] {context.images(), partition.size(), inner},
                          new long[] {a.imagePitch(), a.pitch(), 1}));
              dnnl_memory_desc right =
                  primitives.own(
                      Dnnl.strided(
                          b.type(),
                          new long[] {context.images(), inner, to.channels()},
                          product.transposeB()
                              ? new long[] {b.imagePitch(), 1, b.pitch()}
                              : new long[] {b.imagePitch(), b.pitch(), 1}));
              dnnl_memory_desc target =
                  primitives.own(
                      Dnnl.strided(
                          to.type(),
                          new long[] {context.images(), partition.size(), to.channels()},
                          new long[] {to.imagePitch(), to.pitch(), 1}));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the product " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_matmul_primitive_desc_create(
                              made, Dnnl.get().engine(), left, right, null, target, attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(left, a.pixel(partition.from())),
                      DNNL_ARG_WEIGHTS,
                      primitives.memory(right, b.pixel(0)),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(partition.from()))));
            }));
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
            partition -> {
              PrimitiveFactory primitives = context.primitives(partition.index());
              dnnl_memory_desc left = primitives.own(from.rows(partition.size()));
              dnnl_memory_desc right = primitives.own(factors.rows(1));
              dnnl_memory_desc target = primitives.own(to.rows(partition.size()));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the product " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_binary_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_binary_mul,
                              left,
                              right,
                              target,
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC_0,
                      primitives.memory(left, from.row(partition.from())),
                      DNNL_ARG_SRC_1,
                      primitives.memory(right, factors.row(0)),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.row(partition.from()))));
            }));
  }

  /** Exponentials over their sum, pixel by pixel; both maps are dense. */
  static void softmax(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int pixels = context.images() * to.slot().pixels();
    context.add(
        step,
        context.partition(
            pixels,
            partition -> {
              PrimitiveFactory primitives = context.primitives(partition.index());
              dnnl_memory_desc source = primitives.own(from.matrix(partition.size()));
              dnnl_memory_desc target = primitives.own(to.matrix(partition.size()));
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the softmax " + step.name(),
                      primitives.attributes(step.post(), null),
                      (made, attr) ->
                          dnnl_softmax_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              dnnl_softmax_accurate,
                              source,
                              target,
                              1,
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(source, from.pixel(partition.from())),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(partition.from()))));
            }));
  }

  /** A step's element-wise functions, one after another; both maps are dense. */
  static void elementwise(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int pixels = context.images() * to.slot().pixels();
    context.add(
        step,
        context.partition(
            pixels,
            partition -> {
              PrimitiveFactory primitives = context.primitives(partition.index());
              dnnl_memory_desc first = primitives.own(from.matrix(partition.size()));
              dnnl_memory_desc target = primitives.own(to.matrix(partition.size()));
              PrimitiveFactory.Eltwise function = PrimitiveFactory.Eltwise.of(step.post().get(0));
              dnnl_primitive_attr attributes =
                  primitives.attributes(
                      List.copyOf(step.post().subList(1, step.post().size())), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the function " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_eltwise_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              function.algorithm(),
                              first,
                              target,
                              function.alpha(),
                              function.beta(),
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(first, from.pixel(partition.from())),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(partition.from()))));
            }));
  }
}
