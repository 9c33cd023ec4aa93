package io.github.rtmjava.benchmarks.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One line of work with ONNX Runtime, as quick as its Java interface allows: inputs are read where
 * they lie, and outputs are written where the caller reads them.
 */
final class OrtLine implements Session {
  private final Network network;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private int batch;

  OrtLine(Network network, OrtEnvironment environment, OrtSession session) {
    this.network = network;
    this.environment = environment;
    this.session = session;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, OnnxTensor> handed = new LinkedHashMap<>();
    try {
      for (Value declared : network.inputs()) {
        Tensor input = inputs.get(declared.name());
        if (input == null
            || input.dtype() != declared.type()
            || !declared.shape().accepts(input.shape())) {
          throw new IllegalArgumentException(
              "expected the input %s %s %s, found %s"
                  .formatted(declared.name(), declared.type(), declared.shape(), input));
        }
        prepare(input.shape().dim(0));
        handed.put(declared.name(), wrap(input));
      }
      session.run(handed, Set.of(), pinned).close();
      return outputs;
    } catch (OrtException e) {
      throw new EngineException("ONNX Runtime fails at " + network.name(), e);
    } finally {
      handed.values().forEach(OnnxTensor::close);
    }
  }

  /** Makes the outputs for a batch size. */
  private void prepare(int size) throws OrtException {
    if (size != batch) {
      close();
      for (Map.Entry<String, Value> output : network.outputs().entrySet()) {
        Tensor made = Tensor.allocate(DType.FLOAT32, output.getValue().shape().withBatch(size));
        outputs.put(output.getKey(), made);
        pinned.put(output.getKey(), wrap(made));
      }
      batch = size;
    }
  }

  /** The same memory as ONNX Runtime sees it. */
  private OnnxTensor wrap(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
    return tensor.dtype() == DType.UINT8
        ? OnnxTensor.createTensor(environment, tensor.bytes(), shape, OnnxJavaType.UINT8)
        : OnnxTensor.createTensor(environment, tensor.floats(), shape);
  }

  @Override
  public void close() {
    pinned.values().forEach(OnnxTensor::close);
    pinned.clear();
    outputs.clear();
    batch = 0;
  }
}
