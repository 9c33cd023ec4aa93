package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the tensors of a checkpoint with what its networks need: nothing is filled in silently.
 */
public final class WeightCheck {
  private static final int SHOWN = 5;

  /** Mean and std of the input, which stand in the specification. */
  private static final String INPUT_BUFFERS = "data_preprocessor.";

  private WeightCheck() {}

  /**
   * Names missing, unexpected and mis-shaped tensors.
   *
   * @return one line with the first few of each and their counts; empty if everything fits
   */
  public static Optional<String> differences(Networks networks, Map<String, Tensor> tensors) {
    List<String> missing = new ArrayList<>();
    List<String> misShaped = new ArrayList<>();
    Map<String, Shape> needed = networks.weights();
    needed.forEach(
        (key, shape) -> {
          Tensor tensor = tensors.get(key);
          if (tensor == null) {
            missing.add(key);
          } else if (!tensor.shape().equals(shape)) {
            misShaped.add("%s (expected %s, found %s)".formatted(key, shape, tensor.shape()));
          } else if (!tensor.dtype().isFloating()) {
            misShaped.add("%s (expected floating point, found %s)".formatted(key, tensor.dtype()));
          }
        });
    List<String> unexpected =
        tensors.keySet().stream()
            .filter(
                key ->
                    !needed.containsKey(key)
                        && !isCounter(key, needed)
                        && !key.startsWith(INPUT_BUFFERS)
                        && !networks.unread().test(key))
            .toList();
    List<String> parts = new ArrayList<>();
    describe("missing", missing, parts);
    describe("unexpected", unexpected, parts);
    describe("of another shape or type", misShaped, parts);
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  /**
   * Compares the tensors with what a specification's networks need.
   *
   * @throws CheckpointException if they do not fit, or there are no such networks
   */
  public static void require(ModelSpec spec, Map<String, Tensor> tensors)
      throws CheckpointException {
    Optional<String> differences = differences(Networks.checked(spec), tensors);
    if (differences.isPresent()) {
      throw new CheckpointException(
          "the tensors do not fit a %s network: %s"
              .formatted(spec.architecture(), differences.get()));
    }
  }

  /** Batch norm counts training steps beside its statistics; no network needs the count. */
  private static boolean isCounter(String key, Map<String, Shape> needed) {
    String suffix = ".num_batches_tracked";
    return key.endsWith(suffix)
        && needed.containsKey(key.substring(0, key.length() - suffix.length()) + ".running_mean");
  }

  private static void describe(String what, List<String> keys, List<String> parts) {
    if (!keys.isEmpty()) {
      List<String> first = keys.subList(0, Math.min(SHOWN, keys.size()));
      parts.add(
          "%s %s: %s%s"
              .formatted(
                  keys.size(), what, String.join(", ", first), keys.size() > SHOWN ? ", …" : ""));
    }
  }
}
