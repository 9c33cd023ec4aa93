package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Network;

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
}
