package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Purpose;
import io.github.rtmjava.files.NativeSettings;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Turns a network into a SameDiff graph, node by node.
 *
 * <p>Placeholders and outputs are as the network declares them, free in the batch size, and bear
 * the network's names. Variables bear checkpoint keys, what a node makes bears the node's name, and
 * parts of a node its name and a suffix after a slash. For inference, a batch norm that is the only
 * reader of a convolution is folded into it, in float64 and with one rounding; the convolution's
 * bias then bears the norm's key. Inside, images are NHWC.
 */
public final class SameDiffEmitter {
  private SameDiffEmitter() {}

  /**
   * Emits a network for inference. The graph owns its arrays.
   *
   * @throws IOException if the weights cannot be read
   */
  public static SameDiff emit(Network network, Weights weights) throws IOException {
    return emit(network, weights, Purpose.INFERENCE);
  }

  /**
   * Emits a network. The graph owns its arrays.
   *
   * @param purpose {@link Purpose#TRAINING} folds no batch norm
   * @throws IOException if the weights cannot be read
   */
  public static SameDiff emit(Network network, Weights weights, Purpose purpose)
      throws IOException {
    NativeSettings.apply();
    SameDiff graph = SameDiff.create();
    // The default holders keep a second copy of every array for other devices.
    graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    try {
      emit(network, weights, purpose, graph);
    } catch (IOException | RuntimeException | Error e) {
      close(graph);
      throw e;
    }
    return graph;
  }

  private static void emit(Network network, Weights weights, Purpose purpose, SameDiff graph)
      throws IOException {
    GraphValues activations = new GraphValues(graph, network.outputs().keySet());
    for (Value input : network.inputs()) {
      long[] shape = GraphValues.arrange(input.shape().dims(), DataFormat.NCHW);
      SDVariable placeholder = graph.placeHolder(input.name(), type(input.type()), shape);
      activations.put(input, DataFormat.NCHW, placeholder);
    }
    FoldedNorms foldings =
        purpose == Purpose.TRAINING ? FoldedNorms.none() : FoldedNorms.of(network);
    GraphWeights variables = new GraphWeights(graph, weights);
    OpEmitter ops = new OpEmitter(graph, activations, variables, foldings);
    for (Node node : network.nodes()) {
      ops.emit(node);
    }
    for (Map.Entry<String, Value> output : network.outputs().entrySet()) {
      Value value = output.getValue();
      if (activations.has(value, DataFormat.NCHW)) {
        graph.identity(output.getKey(), activations.get(value, DataFormat.NCHW));
      } else {
        SDVariable inside = activations.get(value, DataFormat.NHWC);
        graph.permute(output.getKey(), inside, DataFormat.NHWC.toOther());
      }
    }
    graph.setOutputs(new ArrayList<>(network.outputs().keySet()));
  }

  private static DataType type(DType declared) {
    return switch (declared) {
      case FLOAT32 -> DataType.FLOAT;
      case UINT8 -> DataType.UINT8;
      default -> throw new EngineException("samediff reads FLOAT32 and UINT8, found " + declared);
    };
  }

  /** Frees the arrays of a graph that will not be used again. */
  static void close(SameDiff graph) {
    for (SDVariable variable : graph.variables()) {
      switch (variable.getVariableType()) {
        case VARIABLE, CONSTANT -> variable.getArr().close();
        case ARRAY, PLACEHOLDER, SEQUENCE -> {}
      }
    }
  }
}
