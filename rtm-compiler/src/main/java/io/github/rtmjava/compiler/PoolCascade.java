package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Maxima over centred windows of one map. The wider are maxima of the narrower, exactly: windows of
 * 5, 9 and 13, as in spatial pyramid pooling, are windows of 5 three times over.
 */
final class PoolCascade {
  /** A maximum and what it is taken of. */
  record Maximum(Op.MaxPool pool, Value of) {}

  /** The maxima of each map by the extent of their windows. */
  private final Map<Value, NavigableMap<Integer, Value>> made = new HashMap<>();

  /** The maximum over the smallest windows that equals {@code pool} of {@code x}. */
  Maximum least(Value x, Op.MaxPool pool) {
    if (centred(pool)) {
      NavigableMap<Integer, Value> all = made.getOrDefault(x, new TreeMap<>());
      for (Map.Entry<Integer, Value> narrower :
          all.headMap(pool.kernel(), false).descendingMap().entrySet()) {
        int rest = pool.kernel() - narrower.getKey();
        if (rest % 2 == 0) {
          return new Maximum(new Op.MaxPool(rest + 1, 1, rest / 2), narrower.getValue());
        }
      }
    }
    return new Maximum(pool, x);
  }

  /** Notes that {@code result} is {@code pool} of {@code x}. */
  void add(Value x, Op.MaxPool pool, Value result) {
    if (centred(pool)) {
      made.computeIfAbsent(x, value -> new TreeMap<>()).put(pool.kernel(), result);
    }
  }

  private static boolean centred(Op.MaxPool pool) {
    return pool.stride() == 1 && pool.padding() == pool.kernel() / 2;
  }
}
