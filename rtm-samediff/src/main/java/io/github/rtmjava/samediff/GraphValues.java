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
 * The graph's variables that stand for a network's values, each in the formats asked for so far.
 */
final class GraphValues {
  private final SameDiff graph;
  private final Set<String> reserved;
  private final Map<Value, EnumMap<DataFormat, SDVariable>> made = new HashMap<>();
  private final Map<Value, DataFormat> first = new HashMap<>();

  /**
   * @param reserved names that values must leave free
   */
  GraphValues(SameDiff graph, Set<String> reserved) {
    this.graph = graph;
    this.reserved = reserved;
  }

  /** The name of a value's variable in the format in which it is made. */
  String name(Value value) {
    return reserved.contains(value.name()) ? value.name() + "/value" : value.name();
  }

  void put(Value value, DataFormat format, SDVariable variable) {
    EnumMap<DataFormat, SDVariable> formats = new EnumMap<>(DataFormat.class);
    formats.put(format, variable);
    made.put(value, formats);
    first.put(value, format);
  }

  /** The format in which a value was made. */
  DataFormat format(Value value) {
    return Objects.requireNonNull(first.get(value), value::name);
  }

  /** Whether a value is there in a format without a permutation. */
  boolean has(Value value, DataFormat format) {
    return formats(value).containsKey(format);
  }

  /** The format in which an operation reads several values with the fewest permutations. */
  DataFormat common(List<Value> values) {
    boolean images = values.stream().allMatch(v -> v.shape().rank() == 4);
    return images && values.stream().anyMatch(v -> format(v) == DataFormat.NHWC)
        ? DataFormat.NHWC
        : DataFormat.NCHW;
  }

  SDVariable get(Value value, DataFormat format) {
    Map<DataFormat, SDVariable> formats = formats(value);
    SDVariable variable = formats.get(format);
    if (variable == null) {
      DataFormat from = format == DataFormat.NCHW ? DataFormat.NHWC : DataFormat.NCHW;
      String suffix = format == DataFormat.NCHW ? "/nchw" : "/nhwc";
      variable =
          graph.permute(
              name(value) + suffix, Objects.requireNonNull(formats.get(from)), from.toOther());
      formats.put(format, variable);
    }
    return variable;
  }

  SDVariable[] get(List<Value> values, DataFormat format) {
    return values.stream().map(v -> get(v, format)).toArray(SDVariable[]::new);
  }

  private EnumMap<DataFormat, SDVariable> formats(Value value) {
    return Objects.requireNonNull(made.get(value), value::name);
  }

  /** {@code dims} of an NCHW shape in the order of a format. */
  static long[] arrange(int[] dims, DataFormat format) {
    long[] out = Arrays.stream(dims).asLongStream().toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      out[format.axis(axis)] = dims[axis];
    }
    return out;
  }
}
