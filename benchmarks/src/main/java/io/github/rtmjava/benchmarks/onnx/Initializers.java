package io.github.rtmjava.benchmarks.onnx;

import io.github.rtmjava.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashSet;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/** The constants of an ONNX graph, each once. Every method returns the constant's name. */
final class Initializers {
  private final Weights weights;
  private final Onnx.GraphProto.Builder graph;
  private final Set<String> present = new HashSet<>();

  Initializers(Weights weights, Onnx.GraphProto.Builder graph) {
    this.weights = weights;
    this.graph = graph;
  }

  /** A weight's values. */
  float[] values(String key) throws IOException {
    return weights.get(key).toFloats();
  }

  /** A weight under its own key. */
  String weight(String key, int... dims) throws IOException {
    return present.contains(key) ? key : floats(key, values(key), dims);
  }

  /** A weight [rows, columns] as [columns, rows]. */
  String transposed(String key, int rows, int columns) throws IOException {
    String name = key + "/transposed";
    if (present.contains(name)) {
      return name;
    }
    float[] in = values(key);
    float[] out = new float[in.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        out[column * rows + row] = in[row * columns + column];
      }
    }
    return floats(name, out, columns, rows);
  }

  String scalar(String name, double value) {
    return floats(name, new float[] {(float) value});
  }

  String floats(String name, float[] values, int... dims) {
    ByteBuffer bytes = little(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(FloatBuffer.wrap(values));
    return add(name, Onnx.TensorProto.DataType.FLOAT, bytes, dims);
  }

  /** A list of whole numbers. */
  String longs(String name, long... values) {
    ByteBuffer bytes = little(values.length * Long.BYTES);
    bytes.asLongBuffer().put(LongBuffer.wrap(values));
    return add(name, Onnx.TensorProto.DataType.INT64, bytes, values.length);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String add(String name, Onnx.TensorProto.DataType type, ByteBuffer bytes, int... dims) {
    if (present.add(name)) {
      ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
      Onnx.TensorProto.Builder tensor =
          Onnx.TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(raw);
      for (int dim : dims) {
        tensor.addDims(dim);
      }
      graph.addInitializer(tensor);
    }
    return name;
  }
}
