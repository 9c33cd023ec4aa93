package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** What a primitive computes, by oneDNN's function that describes it. */
public interface Operation {
  /** Descriptions of a primitive's arguments. */
  interface Arguments {
    /** That of an argument by its number; null where it is left out. */
    @Nullable dnnl_memory_desc of(int argument);
  }

  /** Describes the primitive; returns oneDNN's status. */
  int describe(
      dnnl_primitive_desc made,
      dnnl_engine engine,
      Arguments arguments,
      dnnl_primitive_attr attributes);

  /** The product of matrices: source, weights, perhaps a bias, destination. */
  static Operation matmul() {
    return (made, engine, arguments, attributes) ->
        dnnl_matmul_primitive_desc_create(
            made,
            engine,
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_WEIGHTS),
            arguments.of(DNNL_ARG_BIAS),
            arguments.of(DNNL_ARG_DST),
            attributes);
  }

  /**
   * A convolution, directly: source, weights, perhaps a bias, destination.
   *
   * @param strides down and across, as all that follow
   * @param before padding above and to the left
   * @param after padding below and to the right
   */
  static Operation convolution(long[] strides, long[] before, long[] after) {
    return (made, engine, arguments, attributes) ->
        dnnl_convolution_forward_primitive_desc_create(
            made,
            engine,
            dnnl_forward_inference,
            dnnl_convolution_direct,
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_WEIGHTS),
            arguments.of(DNNL_ARG_BIAS),
            arguments.of(DNNL_ARG_DST),
            strides,
            new long[] {0, 0},
            before,
            after,
            attributes);
  }

  /** A transposed convolution, with the arguments of {@link #convolution}. */
  static Operation deconvolution(long[] strides, long[] before, long[] after) {
    return (made, engine, arguments, attributes) ->
        dnnl_deconvolution_forward_primitive_desc_create(
            made,
            engine,
            dnnl_forward_inference,
            dnnl_deconvolution_direct,
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_WEIGHTS),
            arguments.of(DNNL_ARG_BIAS),
            arguments.of(DNNL_ARG_DST),
            strides,
            new long[] {0, 0},
            before,
            after,
            attributes);
  }

  /**
   * A maximum or mean over windows: source and destination.
   *
   * @param algorithm one of {@code dnnl_pooling_…}
   */
  static Operation pooling(
      int algorithm, long[] strides, long[] kernel, long[] before, long[] after) {
    return (made, engine, arguments, attributes) ->
        dnnl_pooling_forward_primitive_desc_create(
            made,
            engine,
            dnnl_forward_inference,
            algorithm,
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_DST),
            strides,
            kernel,
            new long[] {0, 0},
            before,
            after,
            attributes);
  }

  /**
   * Arithmetic on two operands, the second repeated where it has an extent of 1.
   *
   * @param algorithm one of {@code dnnl_binary_…}
   */
  static Operation binary(int algorithm) {
    return (made, engine, arguments, attributes) ->
        dnnl_binary_primitive_desc_create(
            made,
            engine,
            algorithm,
            arguments.of(DNNL_ARG_SRC_0),
            arguments.of(DNNL_ARG_SRC_1),
            arguments.of(DNNL_ARG_DST),
            attributes);
  }

  /** Exponentials over their sum along an axis: source and destination. */
  static Operation softmax(int axis) {
    return (made, engine, arguments, attributes) ->
        dnnl_softmax_forward_primitive_desc_create(
            made,
            engine,
            dnnl_forward_inference,
            dnnl_softmax_accurate,
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_DST),
            axis,
            attributes);
  }

  /** A function of each element: source and destination, which may be the same memory. */
  static Operation eltwise(Eltwise function) {
    return (made, engine, arguments, attributes) ->
        dnnl_eltwise_forward_primitive_desc_create(
            made,
            engine,
            dnnl_forward_inference,
            function.algorithm(),
            arguments.of(DNNL_ARG_SRC),
            arguments.of(DNNL_ARG_DST),
            function.alpha(),
            function.beta(),
            attributes);
  }

  /** The same elements in another order or of another type: source and destination. */
  static Operation reorder() {
    return (made, engine, arguments, attributes) ->
        dnnl_reorder_primitive_desc_create(
            made,
            arguments.of(DNNL_ARG_FROM),
            engine,
            arguments.of(DNNL_ARG_TO),
            engine,
            attributes);
  }
}
