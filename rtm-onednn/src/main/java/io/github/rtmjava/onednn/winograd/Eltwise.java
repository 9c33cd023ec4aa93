package io.github.rtmjava.onednn.winograd;

import org.bytedeco.dnnl.global.dnnl;

/**
 * A function of each element, as oneDNN knows it.
 *
 * @param algorithm one of {@code dnnl_eltwise_…}
 * @param alpha its first parameter
 * @param beta its second parameter
 */
public record Eltwise(int algorithm, float alpha, float beta) {
  /** {@code x · sigmoid(x)}. */
  public static final Eltwise SILU = new Eltwise(dnnl.dnnl_eltwise_swish, 1, 0);

  /** {@code max(x, 0)}. */
  public static final Eltwise RELU = new Eltwise(dnnl.dnnl_eltwise_relu, 0, 0);
}
