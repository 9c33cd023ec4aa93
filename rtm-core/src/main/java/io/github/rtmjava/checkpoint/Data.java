package io.github.rtmjava.checkpoint;

import io.github.rtmjava.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plain data as it stands in a checkpoint beside the weights: configuration, dataset metadata,
 * training state. What is not plain is kept as {@link Opaque}: named, never executed.
 */
public sealed interface Data {
  /** Python's {@code None}. */
  record None() implements Data {}

  /** A truth value. */
  record Bool(boolean value) implements Data {}

  /** An integer; one beyond 64 bits is kept as {@link Opaque}. */
  record Int(long value) implements Data {}

  /** A floating-point number. */
  record Real(double value) implements Data {}

  /** A string. */
  record Text(String value) implements Data {}

  /** Raw bytes. */
  record Bytes(byte[] value) implements Data {
    @Override
    public String toString() {
      return "Bytes[" + value.length + "]";
    }
  }

  /** A list, tuple or set. */
  record Items(List<Data> values) implements Data {
    public Items {
      values = Collections.unmodifiableList(values);
    }
  }

  /** A dictionary in its own order; keys that are no strings are written as Python prints them. */
  record Dict(Map<String, Data> values) implements Data {
    public static final Dict EMPTY = new Dict(Map.of());

    public Dict {
      values = Collections.unmodifiableMap(values);
    }
  }

  /** A torch tensor or a numpy array of a type that tensors have. */
  record Array(Tensor value) implements Data {}

  /**
   * An object of another type.
   *
   * @param type its name as the file gives it, for example {@code mmengine.config.ConfigDict}
   * @param arguments what its constructor was to be called with
   * @param state what was to be set on it afterwards
   */
  record Opaque(String type, List<Data> arguments, @Nullable Data state) implements Data {
    public Opaque {
      arguments = Collections.unmodifiableList(arguments);
    }
  }

  /** The value below this one at the given keys; empty where there is none or no dictionary. */
  default Optional<Data> at(String... keys) {
    Data here = this;
    for (String key : keys) {
      if (!(here instanceof Dict dict) || !dict.values().containsKey(key)) {
        return Optional.empty();
      }
      here = dict.values().get(key);
    }
    return Optional.of(here);
  }

  /** The string at the given keys, if there is one. */
  default Optional<String> text(String... keys) {
    return at(keys).filter(Text.class::isInstance).map(d -> ((Text) d).value());
  }

  /** The number at the given keys, if there is one: an integer or a floating-point number. */
  default Optional<Double> number(String... keys) {
    return at(keys)
        .map(
            d ->
                d instanceof Int i
                    ? (Double) (double) i.value()
                    : d instanceof Real r ? (Double) r.value() : null);
  }

  /** The numbers in the list at the given keys; empty unless it is a list of numbers alone. */
  default Optional<double[]> numbers(String... keys) {
    Data list = at(keys).orElse(null);
    if (!(list instanceof Items items)) {
      return Optional.empty();
    }
    double[] out = new double[items.values().size()];
    for (int i = 0; i < out.length; i++) {
      Double value = items.values().get(i).number().orElse(null);
      if (value == null) {
        return Optional.empty();
      }
      out[i] = value;
    }
    return Optional.of(out);
  }
}
