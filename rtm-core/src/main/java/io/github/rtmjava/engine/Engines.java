package io.github.rtmjava.engine;

import static java.util.stream.Collectors.joining;

import io.github.rtmjava.runtime.Services;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The engines on the class path, and the choice between them. A choice is explicit or automatic;
 * the automatic one says why, and an explicit one that cannot be had is an error, never another
 * engine in silence.
 */
public final class Engines {
  /** System property that names the engine where a program does not. */
  public static final String PROPERTY = "rtm.engine";

  private static final String AUTO = "auto";

  private Engines() {}

  /** All of them, in the class path's order. */
  public static List<Engine> all() {
    return Services.all(Engine.class);
  }

  /**
   * Chooses an engine.
   *
   * @param name an engine's name, or {@code auto}: the {@value #PROPERTY} property if set,
   *     otherwise the first that can run, CUDA devices before the processor and engines in the
   *     order of their {@linkplain Engine#rank ranks}; an engine that does not come into question
   *     is not loaded to find that out
   * @param device a device as in {@link EngineOptions#device()}
   * @throws EngineException if the engine named is unknown or cannot run here, or none can
   */
  public static EngineChoice choose(String name, String device) {
    return choose(all(), name.equals(AUTO) ? System.getProperty(PROPERTY, AUTO) : name, device);
  }

  static EngineChoice choose(List<Engine> engines, String name, String device) {
    if (!name.equals(AUTO)) {
      Engine engine =
          named(engines, name)
              .orElseThrow(
                  () ->
                      new EngineException(
                          "there is no engine '%s' on the class path; there are: %s"
                              .formatted(name, names(engines))));
      EngineProbe probe = engine.probe();
      if (!probe.usable()) {
        throw new EngineException(
            "the engine '%s' cannot run here: %s".formatted(name, probe.details()));
      }
      return new EngineChoice(engine, "asked for; " + probe.details());
    }
    StringBuilder passedOver = new StringBuilder();
    for (String kind : kinds(device)) {
      for (Engine engine : ranked(engines, kind)) {
        EngineProbe probe = engine.probe();
        if (probe.usable() && probe.device().equals(kind)) {
          return new EngineChoice(
              engine, "first of the automatic order that can run; " + probe.details() + passedOver);
        }
        if (!probe.usable()) {
          passedOver.append("; not ").append(engine.name()).append(": ").append(probe.details());
        }
      }
    }
    throw new EngineException(
        "no engine on the class path can run on device '%s'; there are: %s%s"
            .formatted(device, namesWithDevices(engines), passedOver));
  }

  /** The kinds of device that come into question, the faster first. */
  private static List<String> kinds(String device) {
    if (device.equals(AUTO)) {
      return List.of("cuda", "cpu");
    }
    return List.of(device.startsWith("cuda") ? "cuda" : "cpu");
  }

  private static List<Engine> ranked(List<Engine> engines, String kind) {
    return engines.stream()
        .filter(engine -> engine.devices().contains(kind) && engine.rank(kind).isPresent())
        .sorted(Comparator.comparingInt(engine -> engine.rank(kind).orElseThrow()))
        .toList();
  }

  private static Optional<Engine> named(List<Engine> engines, String name) {
    return engines.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  private static String names(List<Engine> engines) {
    return list(engines, Engine::name);
  }

  private static String namesWithDevices(List<Engine> engines) {
    return list(
        engines, e -> e.name() + " for " + e.devices().stream().sorted().collect(joining(" and ")));
  }

  private static String list(List<Engine> engines, Function<Engine, String> name) {
    return engines.isEmpty() ? "none" : engines.stream().map(name).collect(joining(", "));
  }
}
