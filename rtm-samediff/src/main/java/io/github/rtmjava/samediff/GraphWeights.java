package io.github.rtmjava.samediff;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The trainable variables of a graph, made from a model's weights on first use. */
final class GraphWeights {
  private final SameDiff graph;
  private final Weights weights;

  GraphWeights(SameDiff graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  Weights weights() {
    return weights;
  }

  /** The values of a weight; not copied where they are float32. */
  FloatBuffer values(String key) throws IOException {
    Tensor tensor = weights.get(key);
    return tensor.dtype() == DType.FLOAT32 ? tensor.floats() : FloatBuffer.wrap(tensor.toFloats());
  }

  /** A weight unchanged, under its key. */
  SDVariable get(String key, int... dims) throws IOException {
    return get(key, to -> to.put(values(key)), dims);
  }

  /** The variable of that name, made on first use. */
  SDVariable get(String name, Filler filler, int... dims) throws IOException {
    if (graph.hasVariable(name)) {
      return graph.getVariable(name);
    }
    return graph.var(name, array(name, filler, dims));
  }

  /** A value that is no weight and is not trained. */
  SDVariable constant(String name, Op.Constant constant) throws IOException {
    int[] dims = constant.shape().dims();
    return graph.constant(name, array(name, to -> to.put(constant.values()), dims));
  }

  private static INDArray array(String name, Filler filler, int... dims) throws IOException {
    long[] shape = Arrays.stream(dims).asLongStream().toArray();
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    try {
      FloatBuffer memory = array.data().asNioFloat();
      filler.fill(memory);
      if (memory.hasRemaining()) {
        throw new IllegalArgumentException(
            "weight %s: expected shape %s, found %s values"
                .formatted(name, Shape.of(dims), memory.position()));
      }
    } catch (BufferOverflowException e) {
      array.close();
      throw new IllegalArgumentException(
          "weight %s: expected shape %s, found more values".formatted(name, Shape.of(dims)), e);
    } catch (IOException | RuntimeException | Error e) {
      array.close();
      throw e;
    }
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    return array;
  }

  /** Writes the values of a variable straight into its memory. */
  @FunctionalInterface
  interface Filler {
    void fill(FloatBuffer to) throws IOException;
  }
}
