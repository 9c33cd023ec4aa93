package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Weights of any network, made up so that its signals neither vanish nor overflow: every element
 * follows from its tensor's key and place. Made when asked for, and not kept.
 */
public final class MadeWeights implements Weights {
  /**
   * A little less than what keeps the variance of a signal through a rectifier between two layers,
   * because residual sums add to it.
   */
  private static final double CONVOLUTION_GAIN = Math.sqrt(1.7);

  /** A detector's scores are low nearly everywhere: 0.01, as when its training begins. */
  private static final Pattern SCORES = Pattern.compile(".*\\.rtm_cls\\.\\d+\\.bias");

  private static final double LOW_SCORE = -4.6;

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /** {@code offset} ± {@code scale}. */
  private record Rule(Shape shape, double offset, double scale) {}

  public MadeWeights(Network network) {
    for (Node node : network.nodes()) {
      Op op = node.op();
      op.weights()
          .forEach(weight -> rules.put(weight.key(), rule(op, weight.key(), weight.shape())));
    }
  }

  private static Rule rule(Op op, String key, Shape shape) {
    if (op instanceof Op.Norm norm) {
      if (key.equals(norm.weight())) {
        return new Rule(shape, 1, 0.2);
      }
      return key.equals(norm.variance()) ? new Rule(shape, 1, 0.5) : new Rule(shape, 0, 0.1);
    }
    if (shape.rank() > 1 && (op instanceof Op.Conv || op instanceof Op.Linear)) {
      double fanIn = (double) shape.elements() / shape.dim(0);
      double gain = op instanceof Op.Conv ? CONVOLUTION_GAIN : 1;
      return new Rule(shape, 0, gain * Math.sqrt(3 / fanIn));
    }
    if (SCORES.matcher(key).matches()) {
      return new Rule(shape, LOW_SCORE, 0.1);
    }
    boolean factor =
        (op instanceof Op.Weight || op instanceof Op.ScaleNorm) && !key.endsWith("beta");
    return factor ? new Rule(shape, 1, 0.2) : new Rule(shape, 0, 0.1);
  }

  @Override
  public Set<String> keys() {
    return rules.keySet();
  }

  @Override
  public Tensor get(String key) {
    Rule rule = rules.get(key);
    if (rule == null) {
      throw new IllegalArgumentException("there is no weight named " + key);
    }
    int bytes = Math.toIntExact(rule.shape.elements() * Float.BYTES);
    Tensor tensor =
        Tensor.over(
            DType.FLOAT32, rule.shape, ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
    fill(tensor, key, rule.offset, rule.scale);
    return tensor;
  }

  /** Fills a float32 tensor with {@code offset} ± {@code scale}, random by a name. */
  public static void fill(Tensor tensor, String name, double offset, double scale) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      double uniform = (random.nextLong() >> 11) * 0x1p-52;
      values[i] = (float) (offset + scale * uniform);
    }
    tensor.floats().put(values);
  }
}
