package io.github.rtmjava.model;

import io.github.rtmjava.tensor.Tensor;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Weights that are already in memory. */
public record MapWeights(Map<String, Tensor> tensors) implements Weights {
  public MapWeights {
    tensors = Collections.unmodifiableMap(tensors);
  }

  @Override
  public Set<String> keys() {
    return tensors.keySet();
  }

  @Override
  public Tensor get(String key) {
    Tensor tensor = tensors.get(key);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no weight named " + key);
    }
    return tensor;
  }
}
