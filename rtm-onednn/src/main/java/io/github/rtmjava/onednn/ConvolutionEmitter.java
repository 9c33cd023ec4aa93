package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.tensor.DType;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** Emits convolutions by oneDNN: pointwise ones as products of matrices, others directly. */
final class ConvolutionEmitter {
  private ConvolutionEmitter() {}

  /** Adds a pointwise convolution as a product [pixels, in] x [in, out]. */
  static void product(EmitContext context, Step step, Kernel.Convolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int pixels = to.images() * to.slot().pixels();
    context.add(
        step,
        context.partition(
            pixels,
            partition -> {
              PrimitiveFactory primitives = context.primitives(partition.index());
              Addend addend = Addend.of(context, step, to);
              dnnl_memory_desc source = primitives.own(from.matrix(partition.size()));
              dnnl_memory_desc target = primitives.own(to.matrix(partition.size()));
              dnnl_memory_desc weights =
                  primitives.own(Dnnl.any(from.type(), conv.in(), conv.out()));
              dnnl_memory_desc bias =
                  conv.bias() == null
                      ? null
                      : primitives.own(
                          Dnnl.strided(
                              DType.FLOAT32,
                              new long[] {1, conv.out()},
                              new long[] {conv.out(), 1}));
              dnnl_memory_desc added =
                  addend == null ? null : primitives.own(addend.view.matrix(partition.size()));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), added);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the product " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_matmul_primitive_desc_create(
                              made, Dnnl.get().engine(), source, weights, bias, target, attr));
              Map<Integer, dnnl_memory> arguments = new HashMap<>();
              arguments.put(DNNL_ARG_SRC, primitives.memory(source, from.pixel(partition.from())));
              arguments.put(DNNL_ARG_DST, primitives.memory(target, to.pixel(partition.from())));
              arguments.put(
                  DNNL_ARG_WEIGHTS,
                  context
                      .weights()
                      .get(
                          conv.weight(),
                          new long[] {conv.in(), conv.out()},
                          new long[] {1, conv.in()},
                          PrimitiveFactory.chosen(description, dnnl_query_weights_md),
                          primitives.resources()));
              bias(context, conv, primitives, bias, new long[] {1, conv.out()}, arguments);
              if (addend != null && added != null) {
                arguments.put(
                    addend.argument(),
                    primitives.memory(added, addend.view.pixel(partition.from())));
              }
              return primitives.call(description, arguments);
            }));
  }

  /** Adds any convolution, directly; source and destination are dense. */
  static void direct(EmitContext context, Step step, Kernel.Convolution conv) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    context.add(
        step,
        context.partition(
            to.slot().height(),
            partition -> {
              ReceptiveRows rows =
                  ReceptiveRows.of(
                      partition,
                      conv.kernel(),
                      conv.stride(),
                      conv.padding(),
                      from.slot().height());
              PrimitiveFactory primitives = context.primitives(partition.index());
              Addend addend = Addend.of(context, step, to);
              dnnl_memory_desc source = primitives.own(from.rows(rows.count()));
              dnnl_memory_desc target = primitives.own(to.rows(partition.size()));
              long perGroup = conv.in() / conv.groups();
              long[] dims =
                  conv.groups() == 1
                      ? new long[] {conv.out(), conv.in(), conv.kernel(), conv.kernel()}
                      : new long[] {
                        conv.groups(),
                        conv.out() / conv.groups(),
                        perGroup,
                        conv.kernel(),
                        conv.kernel()
                      };
              dnnl_memory_desc weights = primitives.own(Dnnl.any(from.type(), dims));
              dnnl_memory_desc bias =
                  conv.bias() == null
                      ? null
                      : primitives.own(
                          Dnnl.strided(DType.FLOAT32, new long[] {conv.out()}, new long[] {1}));
              dnnl_memory_desc added =
                  addend == null ? null : primitives.own(addend.view.rows(partition.size()));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), added);
              long[] before = {rows.above(), conv.padding()};
              long[] after = {rows.below(), conv.padding()};
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the convolution " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_convolution_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              dnnl_convolution_direct,
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
                          Strides.rowMajor(dims),
                          PrimitiveFactory.chosen(description, dnnl_query_weights_md),
                          primitives.resources()));
              bias(context, conv, primitives, bias, new long[] {conv.out()}, arguments);
              if (addend != null && added != null) {
                arguments.put(
                    addend.argument(), primitives.memory(added, addend.view.row(partition.from())));
              }
              return primitives.call(description, arguments);
            }));
  }

  private static void bias(
      EmitContext context,
      Kernel.Convolution conv,
      PrimitiveFactory primitives,
      @Nullable dnnl_memory_desc order,
      long[] dims,
      Map<Integer, dnnl_memory> arguments) {
    if (conv.bias() != null && order != null) {
      arguments.put(
          DNNL_ARG_BIAS,
          context
              .weights()
              .get(conv.bias(), dims, Strides.rowMajor(dims), order, primitives.resources()));
    }
  }

  /** The second operand of a sum that does not lie where the result goes. */
  private record Addend(TensorView view, int operation) {
    static @Nullable Addend of(EmitContext context, Step step, TensorView to) {
      if (!step.addsInput()) {
        return null;
      }
      TensorView view = context.view(step.inputs().get(step.inputs().size() - 1));
      return view.placement().equals(to.placement())
          ? null
          : new Addend(view, step.post().indexOf(new PostOp.AddInput()));
    }

    int argument() {
      return (DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (operation + 1)) | DNNL_ARG_SRC_1;
    }
  }

  /**
   * The rows of a map that a share of the result's rows depends on.
   *
   * @param above rows of padding before them
   * @param below rows of padding after them
   */
  record ReceptiveRows(int first, int count, int above, int below) {
    static ReceptiveRows of(
        EmitContext.Partition partition, int kernel, int stride, int padding, int height) {
      int first = partition.from() * stride - padding;
      int end = (partition.to() - 1) * stride - padding + kernel;
      int from = Math.max(first, 0);
      int to = Math.min(end, height);
      return new ReceptiveRows(from, to - from, from - first, end - to);
    }
  }
}
