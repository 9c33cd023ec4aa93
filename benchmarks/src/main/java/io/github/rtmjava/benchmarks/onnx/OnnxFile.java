package io.github.rtmjava.benchmarks.onnx;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import onnx.Onnx;

/**
 * A network with its weights as an ONNX file, as an exporter with constant folding writes it: batch
 * norms are part of the convolutions before them. Inputs and outputs keep their names.
 */
public final class OnnxFile {
  private static final long OPSET = 17;
  private static final long IR_VERSION = 8;
  private static final String FREE_BATCH = "N";

  private OnnxFile() {}

  /**
   * Writes the file.
   *
   * @param batch number of images that the file takes; {@link Shape#BATCH} for any number
   * @throws IOException if the weights cannot be read or the file cannot be written
   */
  public static void write(Network network, Weights weights, int batch, Path file)
      throws IOException {
    Onnx.ModelProto model = model(network, weights, batch);
    NewFile.write(file, model::writeTo);
  }

  static Onnx.ModelProto model(Network network, Weights weights, int batch) throws IOException {
    Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder().setName(network.name());
    OnnxNodes nodes = new OnnxNodes(network, graph, new Initializers(weights, graph));
    for (Node node : network.nodes()) {
      nodes.write(node);
    }
    for (Value input : network.inputs()) {
      graph.addInput(describe(input.name(), input, batch));
    }
    network
        .outputs()
        .forEach(
            (name, value) -> {
              String source = nodes.name(value);
              if (!source.equals(name)) {
                graph
                    .addNodeBuilder()
                    .setOpType("Identity")
                    .setName(name)
                    .addInput(source)
                    .addOutput(name);
              }
              graph.addOutput(describe(name, value, batch));
            });
    return Onnx.ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setProducerName("rtm-benchmarks")
        .setGraph(graph)
        .build();
  }

  private static Onnx.ValueInfoProto describe(String name, Value value, int batch) {
    Shape shape = batch == Shape.BATCH ? value.shape() : value.shape().withBatch(batch);
    Onnx.TensorProto.DataType type =
        value.type() == DType.UINT8
            ? Onnx.TensorProto.DataType.UINT8
            : Onnx.TensorProto.DataType.FLOAT;
    Onnx.TensorShapeProto.Builder dims = Onnx.TensorShapeProto.newBuilder();
    for (int dim : shape.dims()) {
      Onnx.TensorShapeProto.Dimension.Builder extent = dims.addDimBuilder();
      if (dim == Shape.BATCH) {
        extent.setDimParam(FREE_BATCH);
      } else {
        extent.setDimValue(dim);
      }
    }
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dims)))
        .build();
  }
}
