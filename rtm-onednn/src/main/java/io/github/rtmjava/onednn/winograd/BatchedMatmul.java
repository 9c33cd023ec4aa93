package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.Primitive;
import io.github.rtmjava.onednn.natives.PrimitiveBuilder;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.tensor.DType;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** The batched matmul between the transforms. */
final class BatchedMatmul {
  private BatchedMatmul() {}

  /** {@code planes} independent products of n×C and C×K, the latter in the given layout. */
  static Primitive of(
      Resources owner, int planes, int n, int channels, int filters, dnnl_memory_desc weights) {
    try (Resources used = new Resources()) {
      return builder(owner, used, planes, n, channels, filters)
          .argument(DNNL_ARG_WEIGHTS, weights)
          .make(Operation.matmul());
    }
  }

  /** The layout of weights that oneDNN prefers for such products, freed with its owner. */
  static dnnl_memory_desc layout(Resources owner, int planes, int n, int channels, int filters) {
    try (Resources used = new Resources()) {
      return builder(owner, used, planes, n, channels, filters)
          .argument(DNNL_ARG_WEIGHTS, own(used, Dnnl.any(DType.FLOAT32, planes, channels, filters)))
          .preferred(Operation.matmul(), DNNL_ARG_WEIGHTS);
    }
  }

  private static PrimitiveBuilder builder(
      Resources owner, Resources used, int planes, int n, int channels, int filters) {
    String what =
        "%s products of %s×%s and %s×%s".formatted(planes, n, channels, channels, filters);
    return new PrimitiveBuilder(owner, what)
        .argument(DNNL_ARG_SRC, own(used, Dnnl.dense(DType.FLOAT32, planes, n, channels)))
        .argument(DNNL_ARG_DST, own(used, Dnnl.dense(DType.FLOAT32, planes, n, filters)));
  }

  private static dnnl_memory_desc own(Resources user, dnnl_memory_desc description) {
    return user.add(description, () -> dnnl_memory_desc_destroy(description));
  }
}
