package io.github.rtmjava.engine;

import java.io.Serializable;

/**
 * How a network is to be run.
 *
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}
 * @param threads processor threads that one model may use at a time; 0 lets the engine choose
 * @param precision arithmetic
 * @param deterministic whether an engine that measures which of its implementations are fastest
 *     takes a fixed choice instead, so that results are the same on every machine of a kind
 * @param purpose whether it is to be run only, or trained
 */
public record EngineOptions(
    String device, int threads, Precision precision, boolean deterministic, Purpose purpose)
    implements Serializable {
  /** Any device, the engine's choice of threads, float32. */
  public static final EngineOptions DEFAULT = new EngineOptions("auto", 0, Precision.FLOAT32);

  /** With the choice of implementations left to the engine. */
  public EngineOptions(String device, int threads, Precision precision) {
    this(device, threads, precision, false);
  }

  /** For inference. */
  public EngineOptions(String device, int threads, Precision precision, boolean deterministic) {
    this(device, threads, precision, deterministic, Purpose.INFERENCE);
  }

  public EngineOptions {
    if (!device.matches("auto|cpu|cuda(:\\d{1,3})?")) {
      throw new IllegalArgumentException(
          "expected a device auto, cpu, cuda or cuda:N, found '%s'".formatted(device));
    }
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("expected 0 to 1024 threads, found " + threads);
    }
  }

  /** The same with another number of threads. */
  public EngineOptions withThreads(int number) {
    return new EngineOptions(device, number, precision, deterministic, purpose);
  }
}
