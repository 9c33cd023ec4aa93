package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.onnx.OrtEngine;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to run a network.
 *
 * @param engineName an engine's name
 * @param precision its arithmetic
 */
record Variant(String engineName, Precision precision) {
  /** What everything else is compared with. */
  static final Variant BASELINE = new Variant(OrtEngine.NAME, Precision.FLOAT32);

  /** All that may be possible: the baseline, then every engine on the class path. */
  static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    all.add(BASELINE);
    for (Engine engine : Engines.all()) {
      if (!engine.name().equals(BASELINE.engineName)) {
        all.add(new Variant(engine.name(), Precision.FLOAT32));
        all.add(new Variant(engine.name(), Precision.BFLOAT16));
      }
    }
    return all;
  }

  /** The variant of which {@link #toString} is the name. */
  static Variant of(String name) {
    int blank = name.indexOf(' ');
    return new Variant(
        name.substring(0, blank), name.endsWith(" f32") ? Precision.FLOAT32 : Precision.BFLOAT16);
  }

  /**
   * The engine itself.
   *
   * @throws EngineException if it cannot run here
   */
  Engine engine() {
    Engine engine =
        Engines.all().stream()
            .filter(e -> e.name().equals(engineName))
            .findFirst()
            .orElseThrow(() -> new EngineException("there is no engine " + engineName));
    EngineProbe probe = engine.probe();
    if (!probe.usable()) {
      throw new EngineException(probe.details());
    }
    return engine;
  }

  EngineOptions options(int threads) {
    return new EngineOptions("cpu", threads, precision);
  }

  boolean isBaseline() {
    return equals(BASELINE);
  }

  /** For people and for commands: {@code onednn bf16}. */
  @Override
  public String toString() {
    return engineName + (precision == Precision.FLOAT32 ? " f32" : " bf16");
  }
}
