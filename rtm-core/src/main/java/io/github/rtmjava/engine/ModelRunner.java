package io.github.rtmjava.engine;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owns a compiled network with one input and lends its sessions to any number of threads, each with
 * an input buffer that is used again and again.
 */
public final class ModelRunner implements AutoCloseable {
  private final CompiledModel compiled;
  private final String inputName;
  private final Shape inputShape;
  private final ConcurrentLinkedDeque<Slot> free = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /** Takes over the compiled network: it is closed together with this runner. */
  public ModelRunner(CompiledModel compiled) {
    Network network = compiled.network();
    if (network.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "expected a network with one input, found " + network.inputs());
    }
    this.compiled = compiled;
    this.inputName = network.inputs().get(0).name();
    this.inputShape = network.inputs().get(0).shape();
  }

  /** Compiles a model's network and takes it over. */
  public static ModelRunner of(Model model, Engine engine, EngineOptions options)
      throws IOException {
    return new ModelRunner(engine.compile(model.network(), model.weights(), options));
  }

  /** What runs the network, for people. */
  public String description() {
    return compiled.description();
  }

  /**
   * Runs one batch.
   *
   * @param batch number of images, at least 1
   * @param fill writes the input [batch, 3, H, W]
   * @param read makes a result of the outputs, which are valid only while it runs
   * @throws IllegalStateException if this runner is closed
   */
  public <R> R run(int batch, Consumer<Tensor> fill, Function<Map<String, Tensor>, R> read) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Slot slot = free.pollFirst();
    if (slot == null) {
      slot = new Slot(compiled.newSession());
    }
    try {
      Tensor input = slot.input(inputShape.withBatch(batch));
      fill.accept(input);
      return read.apply(slot.session.run(Map.of(inputName, input)));
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

  /** A session with the largest input buffer that it has needed so far. */
  private static final class Slot {
    private final Session session;
    private Tensor buffer = Tensor.allocate(DType.FLOAT32, Shape.of(0));

    Slot(Session session) {
      this.session = session;
    }

    Tensor input(Shape shape) {
      if (buffer.shape().elements() < shape.elements()) {
        buffer = Tensor.allocate(DType.FLOAT32, shape);
      }
      int bytes = Math.toIntExact(shape.elements() * Float.BYTES);
      return Tensor.over(DType.FLOAT32, shape, buffer.bytes().limit(bytes));
    }
  }
}
