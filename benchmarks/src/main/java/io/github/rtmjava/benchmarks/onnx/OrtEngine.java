package io.github.rtmjava.benchmarks.onnx;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Purpose;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * ONNX Runtime on the processor, in float32, with all its optimisations: what this project's
 * engines are compared with.
 */
public final class OrtEngine implements Engine {
  /** What the engine is called. */
  public static final String NAME = "onnxruntime";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> devices() {
    return Set.of("cpu");
  }

  @Override
  public EngineProbe probe() {
    return new EngineProbe(true, "cpu", "ONNX Runtime " + OrtLibrary.load().getVersion());
  }

  /** Writes the network as an ONNX file of any batch size and loads that. */
  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options)
      throws IOException {
    Path file = Files.createTempFile("rtm-benchmarks", ".onnx");
    try {
      OnnxFile.write(network, weights, Shape.BATCH, file);
      return open(network, file, options);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Loads a file that {@link OnnxFile} wrote of this network.
   *
   * @throws EngineException if ONNX Runtime refuses it
   */
  public CompiledModel open(Network network, Path file, EngineOptions options) {
    if (options.precision() != Precision.FLOAT32 && options.precision() != Precision.AUTO) {
      throw new EngineException(
          "onnxruntime is asked for FLOAT32 only, found " + options.precision());
    }
    if (options.purpose() == Purpose.TRAINING) {
      throw new EngineException(
          "the engine onnxruntime cannot train, asked for was TRAINING; choose the engine samediff");
    }
    int threads =
        options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    return OrtModel.load(network, file, threads);
  }
}
