package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of work on a SameDiff model; everything that touches ND4J runs on the model's thread. */
final class SameDiffSession implements Session {
  private final SameDiffModel model;
  private final Batches batches;
  private final Map<String, ByteBuffer> outputMemory = new HashMap<>();
  private boolean closed;

  SameDiffSession(SameDiffModel model, Batches batches) {
    this.model = model;
    this.batches = batches;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("the session is closed; open another one");
    }
    int batch = check(inputs);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    model
        .network()
        .outputs()
        .forEach((name, value) -> outputs.put(name, output(name, value.shape(), batch)));
    model.onThread(
        () -> {
          batches.run(inputs, outputs, batch);
          return batch;
        });
    return Collections.unmodifiableMap(outputs);
  }

  private int check(Map<String, Tensor> inputs) {
    Network network = model.network();
    List<String> names = network.inputs().stream().map(Value::name).toList();
    List<String> unknown = new ArrayList<>(inputs.keySet());
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no input %s; its inputs are %s".formatted(network.name(), unknown, names));
    }
    int batch = 0;
    for (Value input : network.inputs()) {
      Tensor tensor = inputs.get(input.name());
      if (tensor == null) {
        throw new IllegalArgumentException("the input " + input.name() + " is missing");
      }
      if (tensor.dtype() != DType.FLOAT32 || !input.shape().accepts(tensor.shape())) {
        throw new IllegalArgumentException(
            "input %s: expected FLOAT32 %s, found %s"
                .formatted(input.name(), input.shape(), tensor));
      }
      if (batch != 0 && tensor.shape().dim(0) != batch) {
        throw new IllegalArgumentException(
            "input %s: expected the batch size %d of the inputs before it, found %d"
                .formatted(input.name(), batch, tensor.shape().dim(0)));
      }
      batch = tensor.shape().dim(0);
    }
    return batch;
  }

  /** An output over memory that is kept, and grows with the largest batch. */
  private Tensor output(String name, Shape declared, int batch) {
    Shape shape = declared.withBatch(batch);
    int needed = Math.toIntExact(Math.multiplyExact(shape.elements(), (long) Float.BYTES));
    ByteBuffer memory = outputMemory.get(name);
    if (memory == null || memory.capacity() < needed) {
      memory = ByteBuffer.allocateDirect(needed);
      outputMemory.put(name, memory);
    }
    return Tensor.over(DType.FLOAT32, shape, memory.slice(0, needed));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      model.release(this);
    }
  }

  /** Frees the native memory; called on the model's thread. */
  void free() {
    batches.close();
  }
}
