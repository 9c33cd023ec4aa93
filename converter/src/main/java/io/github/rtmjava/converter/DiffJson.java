package io.github.rtmjava.converter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.rtmjava.bundle.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Diff} as JSON. */
record DiffJson(
    boolean same,
    int compared,
    @JsonProperty("only_first") List<Named> onlyFirst,
    @JsonProperty("only_second") List<Named> onlySecond,
    List<Pair> shapes,
    List<Pair> types,
    List<Value> values) {

  private record Named(String name, String dtype, int[] shape) {
    static List<Named> all(List<Diff.Named> tensors) {
      return tensors.stream()
          .map(t -> new Named(t.key(), t.entry().dtype().name(), t.entry().shape().dims()))
          .toList();
    }
  }

  private record Pair(String name, Type first, Type second) {
    static List<Pair> all(List<Diff.Pair> pairs) {
      return pairs.stream()
          .map(p -> new Pair(p.key(), Type.of(p.first()), Type.of(p.second())))
          .toList();
    }
  }

  private record Type(String dtype, int[] shape) {
    static Type of(TensorFile.Entry tensor) {
      return new Type(tensor.dtype().name(), tensor.shape().dims());
    }
  }

  private record Value(
      String name,
      @Nullable Double max,
      @Nullable Double mean,
      @Nullable Double range,
      @Nullable Double relative) {
    static Value of(Diff.Value value) {
      TensorDifference by = value.difference();
      return new Value(
          value.key(),
          finite(by.max()),
          finite(by.mean()),
          finite(by.range()),
          finite(by.relative()));
    }

    /** JSON has no infinities. */
    private static @Nullable Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }
  }

  static String of(Diff diff) {
    return Json.text(
        new DiffJson(
            diff.same(),
            diff.compared(),
            Named.all(diff.onlyFirst()),
            Named.all(diff.onlySecond()),
            Pair.all(diff.shapes()),
            Pair.all(diff.types()),
            diff.values().stream().map(Value::of).toList()));
  }
}
