package io.github.rtmjava.app;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags that say how networks are run. */
final class EngineFlags implements GroupedOptions.Group {
  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "What runs the networks: auto, onednn, samediff, … ('rtm doctor' lists them).")
  String engine = "auto";

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "Where: auto, cpu, cuda, or cuda:N for the GPU of that number.")
  String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads of each network; 0 leaves it to the engine. Default: 0.")
  int threads;

  @Option(
      names = "--precision",
      paramLabel = "P",
      converter = PrecisionConverter.class,
      description =
          "Arithmetic, as far as the engine knows it: f32, bf16, f16, or auto for the fastest that"
              + " is known to do no harm to the network. Default: f32.")
  Precision precision = Precision.FLOAT32;

  @Option(
      names = "--deterministic",
      description =
          "Takes the engine's fixed choice of ways to compute, not the one that is fastest here:"
              + " the same numbers on every machine of a kind.")
  boolean deterministic;

  /** Whether any flag says something else than usual. */
  boolean any() {
    return !engine.equals("auto")
        || !new EngineOptions(device, threads, precision, deterministic)
            .equals(EngineOptions.DEFAULT);
  }

  /** All but the engine's name; what is out of range is wrong usage of the command. */
  EngineOptions options(CommandSpec command) {
    try {
      return new EngineOptions(device, threads, precision, deterministic);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
