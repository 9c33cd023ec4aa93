package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * A layer of DETR's encoder (mmpose's {@code DetrTransformerEncoderLayer}): self-attention of
 * several heads, then a feed-forward network with GELU; each adds its input and is normalised.
 *
 * @param heads number of attention heads
 * @param feedForward features between the two linear layers
 */
public record TransformerLayer(int heads, int feedForward) {
  private static final double EPS = 1e-5;

  /**
   * Adds the layer.
   *
   * @param x [N, L, features]
   * @param positions added to queries and keys, [L, features]
   */
  public Value apply(Scope scope, Value x, Value positions) {
    Value y = scope.add("attended", x, attention(scope.in("self_attn.attn"), x, positions));
    y = scope.in("norms").layerNorm("0", y, EPS);
    Scope ffn = scope.in("ffn.layers");
    Value z = ffn.in(0).linearWithBias("0", y, feedForward);
    z = ffn.in(0).activation("1", z, Function.GELU);
    z = ffn.linearWithBias("1", z, x.shape().dim(-1));
    return scope.in("norms").layerNorm("1", scope.add("ffn", z, y), EPS);
  }

  /** As {@code torch.nn.MultiheadAttention}, whose three projections share one matrix. */
  private Value attention(Scope scope, Value x, Value positions) {
    int features = x.shape().dim(-1);
    if (heads < 1 || features % heads != 0) {
      throw new IllegalArgumentException(
          "expected features that %s heads share evenly, found %s".formatted(heads, features));
    }
    int each = features / heads;
    Value placed = scope.add("placed", x, positions);
    Value keyed = projected(scope.in("in_proj_placed"), scope, placed, 3 * features);
    Value plain = projected(scope.in("in_proj"), scope, x, 3 * features);
    Value queries = scope.slice("q", keyed, 2, 0, features);
    queries = scope.scale("q_scaled", queries, 1 / Math.sqrt(each));
    Value[] results = new Value[heads];
    for (int h = 0; h < heads; h++) {
      Scope head = scope.in("head").in(h);
      int from = h * each;
      Value q = head.slice("q", queries, 2, from, from + each);
      Value k = head.slice("k", keyed, 2, features + from, features + from + each);
      Value v = head.slice("v", plain, 2, 2 * features + from, 2 * features + from + each);
      Value weights = head.softmax("softmax", head.matMul("qk", q, k, true));
      results[h] = head.matMul("attended", weights, v, false);
    }
    return scope.linearWithBias("out_proj", scope.concat("joined", 2, results), features);
  }

  private static Value projected(Scope place, Scope keys, Value x, int out) {
    return place.linear(
        "projected", x, out, keys.path("in_proj_weight"), keys.path("in_proj_bias"));
  }
}
