package io.github.rtmjava.architectures.internet;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * Two linear layers with a ReLU between them (what mmpose's {@code Heatmap1DHead} and {@code
 * MultilabelClassificationHead} have in common).
 *
 * @param name of the module, and of its hyper-parameters
 * @param hidden features between the layers
 * @param out features of the result
 */
record VectorHead(String name, int hidden, int out) {

  /** Reads the sizes from the shapes below a prefix. */
  static VectorHead of(WeightShapes shapes, String prefix, String name) throws CheckpointException {
    String path = "%s.%s.fc.".formatted(prefix, name);
    Shape first = shapes.of(path + "0.weight", 2);
    return new VectorHead(name, first.dim(0), shapes.of(path + "2.weight", 2).dim(0));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static VectorHead of(ModelSpec spec, String name) {
    return new VectorHead(name, spec.hyper(name + "_hidden"), spec.hyper(name + "_out"));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put(name + "_hidden", hidden);
    hyper.put(name + "_out", out);
  }

  /** Adds the head; {@code features} is [N, in], the result [N, out], raw. */
  Value apply(Scope head, Value features) {
    Scope layers = head.in(name).in("fc");
    Value y = layers.linearWithBias("0", features, hidden);
    y = layers.activation("1", y, Function.RELU);
    return layers.linearWithBias("2", y, out);
  }
}
