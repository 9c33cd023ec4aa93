package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A session with the inputs that it has run so far: the same tensors for the same batch size. */
final class LentSession implements AutoCloseable {
  private final Session session;
  private final List<Value> declared;

  /** By name, as long as the largest batch needs. */
  private final Map<String, Tensor> buffers = new HashMap<>();

  /** By batch size, all over the same buffers. */
  private final Map<Integer, Map<String, Tensor>> inputs = new HashMap<>();

  private int largest;

  /** How many batches were far smaller than the largest, up to the last one. */
  private int smaller;

  private long restsSince;

  LentSession(Session session, List<Value> declared) {
    this.session = session;
    this.declared = declared;
  }

  /** The inputs of a batch, to be written before they are run. */
  Map<String, Tensor> inputs(int batch) {
    smaller = 4L * batch < largest ? smaller + 1 : 0;
    if (batch > largest) {
      inputs.clear();
      buffers.clear();
      declared.forEach(
          input ->
              buffers.put(
                  input.name(), Tensor.allocate(input.type(), input.shape().withBatch(batch))));
      largest = batch;
    }
    Map<String, Tensor> known = inputs.get(batch);
    if (known == null) {
      known = part(batch);
      inputs.put(batch, known);
    }
    return known;
  }

  private Map<String, Tensor> part(int batch) {
    Map<String, Tensor> made = new LinkedHashMap<>();
    for (Value input : declared) {
      Shape shape = input.shape().withBatch(batch);
      Tensor buffer = Objects.requireNonNull(buffers.get(input.name()));
      int bytes = Math.toIntExact(shape.elements() * input.type().bytes());
      made.put(input.name(), Tensor.over(input.type(), shape, buffer.bytes().limit(bytes)));
    }
    return Collections.unmodifiableMap(made);
  }

  Map<String, Tensor> run(Map<String, Tensor> batch) {
    return session.run(batch);
  }

  /** Whether it holds memory for batches that do not come any more. */
  boolean keepsTooMuch() {
    return smaller >= ModelRunner.FORGETTING;
  }

  void rest() {
    restsSince = System.nanoTime();
  }

  boolean restsSince(long nanos) {
    return System.nanoTime() - restsSince > nanos;
  }

  @Override
  public void close() {
    session.close();
  }
}
