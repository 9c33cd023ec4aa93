package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/** Compares a bundle's tensors with what its networks need, without reading them. */
final class BundleFit {
  private BundleFit() {}

  static void require(ModelSpec spec, BundleWeights weights) throws CheckpointException {
    for (Map.Entry<String, Shape> needed : Networks.checked(spec).weights().entrySet()) {
      String key = needed.getKey();
      if (!weights.keys().contains(key)) {
        throw new CheckpointException(
            "expected the weight %s of a %s network, found none; convert the model again"
                .formatted(key, spec.architecture()));
      }
      Safetensors.Place found = weights.place(key);
      if (!found.shape().equals(needed.getValue()) || !found.dtype().isFloating()) {
        throw new CheckpointException(
            "expected the weight %s as floating %s, found %s %s; convert the model again"
                .formatted(key, needed.getValue(), found.dtype(), found.shape()));
      }
    }
  }
}
