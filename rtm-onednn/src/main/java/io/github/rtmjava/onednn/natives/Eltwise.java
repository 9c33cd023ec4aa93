package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.nn.Op.Activation.Function;

/**
 * A function of each element, as oneDNN knows it.
 *
 * @param algorithm one of {@code dnnl_eltwise_…}
 * @param alpha its first parameter
 * @param beta its second parameter
 */
public record Eltwise(int algorithm, float alpha, float beta) {
  /** {@code x · sigmoid(x)}. */
  public static final Eltwise SILU = new Eltwise(dnnl_eltwise_swish, 1, 0);

  /** {@code max(x, 0)}. */
  public static final Eltwise RELU = new Eltwise(dnnl_eltwise_relu, 0, 0);

  /**
   * The function of an operation.
   *
   * @throws IllegalArgumentException if it has a second operand
   */
  public static Eltwise of(PostOp op) {
    if (op instanceof PostOp.Apply apply) {
      return of(apply.function());
    } else if (op instanceof PostOp.Times times) {
      return new Eltwise(dnnl_eltwise_linear, (float) times.factor(), 0);
    } else if (op instanceof PostOp.Square) {
      return new Eltwise(dnnl_eltwise_square, 0, 0);
    }
    throw new IllegalArgumentException("not element-wise: " + op);
  }

  private static Eltwise of(Function function) {
    return switch (function) {
      case SILU -> SILU;
      case RELU -> RELU;
      case SIGMOID -> new Eltwise(dnnl_eltwise_logistic, 0, 0);
      case HARD_SIGMOID -> new Eltwise(dnnl_eltwise_hardsigmoid, 1 / 6f, 0.5f);
      case EXP -> new Eltwise(dnnl_eltwise_exp, 0, 0);
      case GELU -> new Eltwise(dnnl_eltwise_gelu_erf, 0, 0);
    };
  }
}
