package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.LayerTime;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an engine tells of a model.
 *
 * @param heavy share of the layers' time that goes to convolutions and products
 * @param floorMillis sum of the layers, each timed from its start until all threads have done
 * @param weights bytes of native memory
 * @param session bytes of native memory for one image
 */
record Inside(double heavy, double floorMillis, long weights, long session) {
  private static final Pattern HEAVY = Pattern.compile(".*(conv|matmul|dw:).*");
  private static final int RUNS = 40;

  /** Asks a model; an engine may not tell. */
  static Inside of(CompiledModel model) {
    model.profile(RUNS);
    List<LayerTime> layers = model.profile(RUNS);
    double all = layers.stream().mapToLong(LayerTime::nanoseconds).sum();
    double heavy =
        layers.stream()
            .filter(layer -> HEAVY.matcher(layer.implementation()).matches())
            .mapToLong(LayerTime::nanoseconds)
            .sum();
    CompiledModel.Memory memory = model.memory();
    return new Inside(heavy / all, all / 1e6, memory.weights(), memory.session());
  }

  /** Whether the engine has told. */
  boolean isKnown() {
    return floorMillis > 0;
  }

  static Inside parse(String line) {
    String[] words = line.split(" ", -1);
    return new Inside(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  /** The numbers in their order. */
  @Override
  public String toString() {
    return heavy + " " + floorMillis + " " + weights + " " + session;
  }
}
