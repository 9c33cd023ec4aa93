package io.github.rtmjava.app;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.CompiledModel.Memory;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.model.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an engine runs a model on one image.
 *
 * @param model its name
 * @param engine what runs it, for people
 * @param compileMs how long it took to make it ready
 * @param memory bytes of native memory; zeros where the engine does not tell
 * @param runMs sum of the layers' times
 * @param layers in the order in which they run; empty where the engine does not tell
 * @param totals by implementation, the most expensive first
 */
record Plan(
    String model,
    String engine,
    double compileMs,
    Memory memory,
    double runMs,
    List<Layer> layers,
    List<Total> totals) {

  /**
   * What one layer costs.
   *
   * @param name the network's name for its result
   * @param ms from its start until all threads have done their share
   * @param busyMs sum of all threads' times
   * @param share of the whole network's time, 0 to 1
   */
  record Layer(String name, String implementation, double ms, double busyMs, double share) {}

  /**
   * What all layers of one implementation cost.
   *
   * @param layers their number
   * @param share of the whole network's time, 0 to 1
   */
  record Total(String implementation, int layers, double ms, double share) {}

  /**
   * Compiles a model and measures it.
   *
   * @param runs number of runs to take medians of
   */
  static Plan of(Model model, Engine engine, EngineOptions options, int runs) throws IOException {
    long start = System.nanoTime();
    try (CompiledModel compiled = engine.compile(model.network(), model.weights(), options)) {
      double compileMs = ms(System.nanoTime() - start);
      compiled.profile(runs); // Java's own loops are compiled while they run.
      List<LayerTime> times = compiled.profile(runs);
      return of(model.name(), compiled.description(), compileMs, compiled.memory(), times);
    }
  }

  static Plan of(
      String model, String engine, double compileMs, Memory memory, List<LayerTime> times) {
    double runMs = ms(times.stream().mapToLong(LayerTime::nanoseconds).sum());
    List<Layer> layers = new ArrayList<>();
    Map<String, Total> totals = new LinkedHashMap<>();
    for (LayerTime time : times) {
      double ms = ms(time.nanoseconds());
      double share = runMs == 0 ? 0 : ms / runMs;
      layers.add(new Layer(time.layer(), time.implementation(), ms, ms(time.busy()), share));
      totals.merge(
          time.implementation(),
          new Total(time.implementation(), 1, ms, share),
          (a, b) ->
              new Total(a.implementation, a.layers + b.layers, a.ms + b.ms, a.share + b.share));
    }
    return new Plan(
        model,
        engine,
        compileMs,
        memory,
        runMs,
        List.copyOf(layers),
        totals.values().stream().sorted(Comparator.comparingDouble(Total::ms).reversed()).toList());
  }

  private static double ms(long nanoseconds) {
    return nanoseconds / 1e6;
  }
}
