package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.EngineException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The way in which each step of a program is done. */
public final class Choices {
  private final Map<Step, Way> ways = new HashMap<>();

  private final TypePolicy types;

  private Choices(TypePolicy types) {
    this.types = types;
  }

  /**
   * Chooses for every step.
   *
   * @param chooser picks one where the backend has several ways
   * @throws EngineException if the backend has none for a step; the message names it
   */
  public static Choices of(
      Program program, Backend backend, BiFunction<Step, List<Way>, Way> chooser) {
    Choices choices = new Choices(backend.types());
    for (Step step : program.steps()) {
      List<Way> ways = backend.ways(step);
      if (ways.isEmpty()) {
        throw new EngineException(
            "the engine has no way to do %s at '%s': it cannot run such a network"
                .formatted(step.kernel(), step.name()));
      }
      choices.ways.put(step, ways.size() == 1 ? ways.get(0) : chooser.apply(step, ways));
    }
    return choices;
  }

  /** The backend's policy. */
  TypePolicy types() {
    return types;
  }

  /** The way chosen for a step of the program. */
  public Way of(Step step) {
    Way way = ways.get(step);
    if (way == null) {
      throw new IllegalArgumentException("not a step of this program: " + step.name());
    }
    return way;
  }
}
