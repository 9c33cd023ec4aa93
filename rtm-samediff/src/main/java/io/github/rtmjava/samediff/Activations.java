package io.github.rtmjava.samediff;

import io.github.rtmjava.nn.Value;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The graph's variables that stand for a network's values, each in the layouts asked for so far.
 */
final class Activations {
  private final SameDiff graph;
  private final Set<String> reserved;
  private final Map<Value, EnumMap<Layout, SDVariable>> made = new HashMap<>();
  private final Map<Value, Layout> first = new HashMap<>();

  /**
   * @param reserved names that values must leave free
   */
  Activations(SameDiff graph, Set<String> reserved) {
    this.graph = graph;
    this.reserved = reserved;
  }

  /** The name of a value's variable in the layout in which it is made. */
  String name(Value value) {
    return reserved.contains(value.name()) ? value.name() + "/value" : value.name();
  }

  void put(Value value, Layout layout, SDVariable variable) {
    EnumMap<Layout, SDVariable> layouts = new EnumMap<>(Layout.class);
    layouts.put(layout, variable);
    made.put(value, layouts);
    first.put(value, layout);
  }

  /** The layout in which a value was made. */
  Layout layout(Value value) {
    return Objects.requireNonNull(first.get(value), value::name);
  }

  /** Whether a value is there in a layout without a permutation. */
  boolean has(Value value, Layout layout) {
    return layouts(value).containsKey(layout);
  }

  /** The layout in which an operation reads several values with the fewest permutations. */
  Layout common(List<Value> values) {
    boolean images = values.stream().allMatch(v -> v.shape().rank() == 4);
    return images && values.stream().anyMatch(v -> layout(v) == Layout.NHWC)
        ? Layout.NHWC
        : Layout.NCHW;
  }

  SDVariable get(Value value, Layout layout) {
    Map<Layout, SDVariable> layouts = layouts(value);
    SDVariable variable = layouts.get(layout);
    if (variable == null) {
      Layout from = layout == Layout.NCHW ? Layout.NHWC : Layout.NCHW;
      String suffix = layout == Layout.NCHW ? "/nchw" : "/nhwc";
      variable =
          graph.permute(
              name(value) + suffix, Objects.requireNonNull(layouts.get(from)), from.toOther());
      layouts.put(layout, variable);
    }
    return variable;
  }

  SDVariable[] get(List<Value> values, Layout layout) {
    return values.stream().map(v -> get(v, layout)).toArray(SDVariable[]::new);
  }

  private EnumMap<Layout, SDVariable> layouts(Value value) {
    return Objects.requireNonNull(made.get(value), value::name);
  }

  /** {@code dims} of an NCHW shape in the order of a layout. */
  static long[] arrange(int[] dims, Layout layout) {
    long[] out = Arrays.stream(dims).asLongStream().toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      out[layout.axis(axis)] = dims[axis];
    }
    return out;
  }
}
