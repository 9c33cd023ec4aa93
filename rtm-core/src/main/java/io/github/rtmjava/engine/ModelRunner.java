package io.github.rtmjava.engine;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owns a compiled network and lends its sessions to any number of threads, each with input buffers
 * that are used again and again.
 */
public final class ModelRunner implements AutoCloseable {
  private final CompiledModel compiled;
  private final List<Value> inputs;
  private final ConcurrentLinkedDeque<Slot> free = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** Takes over the compiled network: it is closed together with this runner. */
  public ModelRunner(CompiledModel compiled) {
    this.compiled = compiled;
    this.inputs = compiled.network().inputs();
  }

  /** Compiles a model's network, the one that reads pictures, and takes it over. */
  public static ModelRunner of(Model model, Engine engine, EngineOptions options)
      throws IOException {
    return of(model.network(), model, engine, options);
  }

  /** Compiles one of a model's networks and takes it over. */
  public static ModelRunner of(Network network, Model model, Engine engine, EngineOptions options)
      throws IOException {
    return new ModelRunner(engine.compile(network, model.weights(), options));
  }

  /** What runs the network, for people. */
  public String description() {
    return compiled.description();
  }

  /**
   * Runs one batch through a network with one input.
   *
   * @param batch number of images, at least 1
   * @param fill writes the input [batch, 3, H, W]
   * @param read makes a result of the outputs, which are valid only while it runs
   * @throws IllegalStateException if this runner is closed, or the network has more inputs
   */
  public <R> R run(int batch, Consumer<Tensor> fill, Function<Map<String, Tensor>, R> read) {
    if (inputs.size() != 1) {
      throw new IllegalStateException("expected a network with one input, found " + inputs);
    }
    return runAll(batch, tensors -> tensors.values().forEach(fill), read);
  }

  /**
   * Runs one batch.
   *
   * @param batch number of images, at least 1
   * @param fill writes the inputs [batch, …], which are given by name
   * @param read makes a result of the outputs, which are valid only while it runs
   * @throws IllegalStateException if this runner is closed
   */
  public <R> R runAll(
      int batch, Consumer<Map<String, Tensor>> fill, Function<Map<String, Tensor>, R> read) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Slot slot = free.pollFirst();
    if (slot == null) {
      slot = new Slot(compiled.newSession());
    }
    try {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Value input : inputs) {
        tensors.put(input.name(), slot.input(input.name(), input.shape().withBatch(batch)));
      }
      fill.accept(Collections.unmodifiableMap(tensors));
      return read.apply(slot.session.run(tensors));
    } finally {
      free.addFirst(slot);
      if (closed) {
        closeFree();
      }
    }
  }

  /** Closes every session that is not in use, the others as they come back, and the network. */
  @Override
  public void close() {
    closed = true;
    closeFree();
    compiled.close();
  }

  private void closeFree() {
    for (Slot slot = free.pollFirst(); slot != null; slot = free.pollFirst()) {
      slot.session.close();
    }
  }

  /** A session with the largest input buffers that it has needed so far. */
  private static final class Slot {
    private final Session session;
    private final Map<String, Tensor> buffers = new HashMap<>();

    Slot(Session session) {
      this.session = session;
    }

    Tensor input(String name, Shape shape) {
      Tensor buffer = buffers.get(name);
      if (buffer == null || buffer.shape().elements() < shape.elements()) {
        buffer = Tensor.allocate(DType.FLOAT32, shape);
        buffers.put(name, buffer);
      }
      int bytes = Math.toIntExact(shape.elements() * Float.BYTES);
      return Tensor.over(DType.FLOAT32, shape, buffer.bytes().limit(bytes));
    }
  }
}
