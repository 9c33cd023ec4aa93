package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Network;
import java.util.Map;

/**
 * A family of networks: knows its checkpoints and builds its graphs. Implementations are found with
 * {@link java.util.ServiceLoader} and have no state.
 */
public interface Architecture {
  /** Lower-case name, unique among architectures, for example {@code rtmdet}. */
  String name();

  /**
   * Looks at keys, shapes and metadata and derives every hyper-parameter. What no file can tell (a
   * detector's input size, thresholds) gets the official value.
   *
   * @throws CheckpointException if the file is of this architecture but contradicts itself
   */
  Recognition recognise(Checkpoint checkpoint) throws CheckpointException;

  /**
   * The network of a specification.
   *
   * @throws IllegalArgumentException if the specification lacks a hyper-parameter or its sizes do
   *     not fit together
   */
  Network build(ModelSpec spec);

  /**
   * Further networks of the same weights, by name: those that work on what the first one found.
   *
   * @throws IllegalArgumentException as {@link #build}
   */
  default Map<String, Network> buildFurther(ModelSpec spec) {
    return Map.of();
  }

  /**
   * Whether a tensor of that name belongs to a checkpoint of this architecture though no network
   * reads it: layers for training alone, constants that are computed. Such tensors may be missing;
   * where they are there, bundles and exports keep them.
   */
  default boolean leavesUnread(String key) {
    return false;
  }
}
