package io.github.rtmjava.nn.block;

import java.util.Map;

/** Reads blocks' sizes from a specification. */
final class HyperParameters {
  private HyperParameters() {}

  static int get(Map<String, Integer> hyper, String name) {
    Integer value = hyper.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected the hyper-parameter '" + name + "'");
    }
    return value;
  }
}
