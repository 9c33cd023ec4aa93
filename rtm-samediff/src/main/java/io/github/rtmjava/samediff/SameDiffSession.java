package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** A line of work on a SameDiff model; everything that touches ND4J runs on the model's thread. */
final class SameDiffSession implements Session {
  private final SameDiffModel model;
  private final BatchedExecution batches;
  private final Map<String, ByteBuffer> outputMemory = new HashMap<>();
  private final Semaphore use = new Semaphore(1);
  private volatile boolean closed;

  SameDiffSession(SameDiffModel model, BatchedExecution batches) {
    this.model = model;
    this.batches = batches;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("the session is closed; open another one");
    }
    if (!use.tryAcquire()) {
      throw new IllegalStateException(
          "another thread runs this session just now; open a session for each thread");
    }
    try {
      return runAlone(inputs);
    } finally {
      use.release();
    }
  }

  private Map<String, Tensor> runAlone(Map<String, Tensor> inputs) {
    int batch = InputCheck.batch(model.network(), inputs);
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

  /** Waits for a run that is under way: both need the model's thread. */
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
