package io.github.rtmjava.samediff;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** The trainable variables of a graph, made from a model's weights on first use. */
final class Variables {
  private final SameDiff graph;
  private final Weights weights;

  Variables(SameDiff graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  Weights weights() {
    return weights;
  }

  /** A weight unchanged, under its key. */
  SDVariable get(String key) throws IOException {
    if (graph.hasVariable(key)) {
      return graph.getVariable(key);
    }
    Tensor tensor = weights.get(key);
    return make(key, tensor.toFloats(), tensor.shape().dims());
  }

  /** A variable of that name; values are what {@code make} gives on first use. */
  SDVariable get(String name, Values values, int... dims) throws IOException {
    return graph.hasVariable(name) ? graph.getVariable(name) : make(name, values.make(), dims);
  }

  private SDVariable make(String name, float[] values, int... dims) {
    long[] shape = Arrays.stream(dims).asLongStream().toArray();
    if (values.length != Shape.of(dims).elements()) {
      throw new IllegalArgumentException(
          "weight %s: expected shape %s, found %d values"
              .formatted(name, Shape.of(dims), values.length));
    }
    return graph.var(name, Nd4j.create(values, shape, 'c'));
  }

  /** Makes the values of a variable. */
  @FunctionalInterface
  interface Values {
    float[] make() throws IOException;
  }
}
