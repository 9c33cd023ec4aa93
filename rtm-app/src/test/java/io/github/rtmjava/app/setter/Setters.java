package io.github.rtmjava.app.setter;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** What methods of builders and options do, by class and method, to be filled in. */
final class Setters {
  private final Map<String, Executable> effects = new LinkedHashMap<>();

  /**
   * Adds an effect.
   *
   * @param method with the simple names of its parameters' types, for example {@code
   *     withMaxAge(double)}
   */
  void add(Class<?> type, String method, Executable effect) {
    if (effects.put(type.getSimpleName() + "." + method, effect) != null) {
      throw new IllegalArgumentException(type + " has " + method + " twice");
    }
  }

  Map<String, Executable> effects() {
    return effects;
  }

  /** The name of a method in {@link #effects}. */
  static String name(Class<?> type, Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", type.getSimpleName() + "." + method.getName() + "(", ")"));
  }
}
