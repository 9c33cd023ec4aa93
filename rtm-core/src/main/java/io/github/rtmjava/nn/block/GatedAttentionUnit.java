package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gated attention unit over keypoints (mmpose's {@code RTMCCBlock} in self-attention, without
 * relative bias, and {@code GAUEncoder}): squared-ReLU attention, gated, added to the scaled input.
 *
 * @param expansion features of the gate and the values
 * @param features of queries and keys
 */
public record GatedAttentionUnit(int expansion, int features) {
  private static final double EPS = 1e-5;

  /** Adds the unit; {@code x} is [N, K, hidden]. */
  public Value apply(Scope scope, Value x) {
    return apply(scope, x, null);
  }

  /**
   * Adds the unit; {@code x} is [N, K, hidden].
   *
   * @param positions added to queries and keys, [K, features]; none if null
   */
  public Value apply(Scope scope, Value x, @Nullable Value positions) {
    int hidden = x.shape().dim(-1);
    Value uv = scope.linear("uv", scope.scaleNorm("ln", x, EPS), 2 * expansion + features);
    uv = scope.activation("act_fn", uv, Function.SILU);
    List<Value> parts =
        scope.split(List.of("u", "v", "base"), uv, 2, expansion, expansion, features);
    Value gate = parts.get(0);
    Value values = parts.get(1);
    Value base = parts.get(2);

    Value gamma = scope.weight("gamma", 2, features);
    Value beta = scope.weight("beta", 2, features);
    Value queries = scaled(scope.in("q"), base, gamma, beta, 0, positions);
    Value keys = scaled(scope.in("k"), base, gamma, beta, 1, positions);
    Value similarity = scope.matMul("qk", queries, keys, true);
    similarity = scope.scale("qk_scaled", similarity, 1 / Math.sqrt(features));
    similarity = scope.activation("qk_relu", similarity, Function.RELU);
    Value kernel = scope.mul("kernel", similarity, similarity);

    Value attended = scope.mul("gated", gate, scope.matMul("attended", kernel, values, false));
    Value main = scope.linear("o", attended, hidden);
    Value shortcut = scope.mul("res_scale", x, scope.in("res_scale").weight("scale", hidden));
    return scope.add("sum", shortcut, main);
  }

  private static Value scaled(
      Scope scope, Value base, Value gamma, Value beta, int row, @Nullable Value positions) {
    Value y = scope.mul("scaled", base, scope.slice("gamma", gamma, 0, row, row + 1));
    y = scope.add("shifted", y, scope.slice("beta", beta, 0, row, row + 1));
    return positions == null ? y : scope.add("placed", y, positions);
  }
}
