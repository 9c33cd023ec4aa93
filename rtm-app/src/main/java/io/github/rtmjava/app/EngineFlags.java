package io.github.rtmjava.app;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import picocli.CommandLine.Option;

/** The flags that say how networks are run. */
final class EngineFlags implements GroupedOptions.Group {
  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "What runs the networks: auto, samediff, … ('rtm doctor' lists them).")
  String engine = "auto";

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "Where: auto, cpu, cuda, or cuda:N for the GPU of that number.")
  String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads; 0 leaves it to the engine.")
  int threads;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "Arithmetic: float32, bfloat16 or float16, as far as the engine knows it.")
  Precision precision = Precision.FLOAT32;

  /** All but the engine's name. */
  EngineOptions options() {
    return new EngineOptions(device, threads, precision);
  }
}
