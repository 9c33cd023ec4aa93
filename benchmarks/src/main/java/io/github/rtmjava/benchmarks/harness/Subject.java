package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.onnx.OrtEngine;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** A model that one engine has made ready, with one input for one batch size. */
final class Subject implements AutoCloseable {
  private final CompiledModel compiled;
  private final Session session;
  private final Map<String, Tensor> inputs;
  private final long openNanos;
  private final long compileNanos;

  private Subject(
      CompiledModel compiled, Map<String, Tensor> inputs, long openNanos, long compileNanos) {
    this.compiled = compiled;
    this.session = compiled.newSession();
    this.inputs = inputs;
    this.openNanos = openNanos;
    this.compileNanos = compileNanos;
  }

  /**
   * Loads and compiles.
   *
   * @throws EngineException if the engine cannot run here, or not so
   */
  static Subject open(ModelFiles files, Variant variant, int threads, int batch)
      throws IOException {
    EngineOptions options = variant.options(threads);
    long start = System.nanoTime();
    Model model = Bundles.open(files.bundle());
    Network network = model.network();
    long opened = System.nanoTime();
    Engine engine = variant.engine();
    CompiledModel compiled =
        engine instanceof OrtEngine runtime
            ? runtime.open(network, files.onnx(), options)
            : engine.compile(network, model.weights(), options);
    compiled.warmUp(batch);
    long ready = System.nanoTime();
    return new Subject(compiled, inputs(network, batch), opened - start, ready - opened);
  }

  /** A made-up input. */
  static Map<String, Tensor> inputs(Network network, int batch) {
    Value image = network.inputs().get(0);
    Tensor input = Tensor.allocate(DType.FLOAT32, image.shape().withBatch(batch));
    // Normalised pixels lie between about -2.1 and 2.6.
    MadeWeights.fill(input, "input", 0.25, 2.3);
    return Map.of(image.name(), input);
  }

  Map<String, Tensor> run() {
    return session.run(inputs);
  }

  Inside inside() {
    return Inside.of(compiled);
  }

  /** What runs the model, for people. */
  String description() {
    return compiled.description();
  }

  /** Time to open the bundle and build the network; weights are read when they are compiled. */
  long openNanos() {
    return openNanos;
  }

  /** Time to load the engine and to make the network ready, reading the weights included. */
  long compileNanos() {
    return compileNanos;
  }

  @Override
  public void close() {
    session.close();
    compiled.close();
  }
}
