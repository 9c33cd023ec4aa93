package io.github.rtmjava.converter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How two files of weights differ.
 *
 * @param onlyFirst tensors that only the first file has, in its order
 * @param onlySecond tensors that only the second file has, in its order
 * @param shapes tensors of different shapes
 * @param types tensors of different element types
 * @param values tensors of one shape whose elements are further apart than tolerated, the furthest
 *     first
 * @param compared number of tensors whose elements were compared
 */
record Diff(
    List<Named> onlyFirst,
    List<Named> onlySecond,
    List<Pair> shapes,
    List<Pair> types,
    List<Value> values,
    int compared) {

  /** A tensor of one file. */
  record Named(String key, TensorFile.Entry entry) {}

  /** A tensor of both files. */
  record Pair(String key, TensorFile.Entry first, TensorFile.Entry second) {}

  /** A tensor whose values differ. */
  record Value(String key, TensorDifference difference) {}

  /** Whether nothing differs. */
  boolean same() {
    return onlyFirst.isEmpty()
        && onlySecond.isEmpty()
        && shapes.isEmpty()
        && types.isEmpty()
        && values.isEmpty();
  }

  /**
   * Compares tensor by tensor; two at a time are in memory.
   *
   * @param tolerance the largest absolute difference of elements that counts as none
   */
  static Diff of(TensorFile first, TensorFile second, double tolerance) throws IOException {
    Map<String, TensorFile.Entry> a = first.entries();
    Map<String, TensorFile.Entry> b = second.entries();
    List<Pair> shapes = new ArrayList<>();
    List<Pair> types = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<String, TensorFile.Entry> named : a.entrySet()) {
      TensorFile.Entry one = named.getValue();
      TensorFile.Entry other = b.get(named.getKey());
      if (other == null) {
        continue;
      }
      Pair pair = new Pair(named.getKey(), one, other);
      if (one.dtype() != other.dtype()) {
        types.add(pair);
      }
      if (!one.shape().equals(other.shape())) {
        shapes.add(pair);
        continue;
      }
      compared++;
      TensorDifference difference = TensorDifference.of(one.read(), other.read());
      if (difference.max() > tolerance) {
        values.add(new Value(named.getKey(), difference));
      }
    }
    values.sort(Comparator.comparingDouble((Value v) -> v.difference.max()).reversed());
    return new Diff(missing(a, b), missing(b, a), shapes, types, values, compared);
  }

  private static List<Named> missing(
      Map<String, TensorFile.Entry> from, Map<String, TensorFile.Entry> in) {
    return from.entrySet().stream()
        .filter(e -> !in.containsKey(e.getKey()))
        .map(e -> new Named(e.getKey(), e.getValue()))
        .toList();
  }
}
