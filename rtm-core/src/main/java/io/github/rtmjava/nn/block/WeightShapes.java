package io.github.rtmjava.nn.block;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.Shape;

/**
 * The shapes of a checkpoint's tensors, from which the sizes of a network follow.
 *
 * @param checkpoint whose tensors they are
 * @param network what it is taken for, for messages: for example {@code an RTMPose}
 */
public record WeightShapes(Checkpoint checkpoint, String network) {

  /**
   * The shape of one tensor.
   *
   * @throws CheckpointException if there is none of that name or it has another rank
   */
  public Shape of(String key, int rank) throws CheckpointException {
    Shape shape =
        checkpoint
            .shape(key)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "%s: expected %s, which has %s; it is missing"
                            .formatted(checkpoint.source(), network, key)));
    if (shape.rank() != rank) {
      throw new CheckpointException(
          "%s: expected %s dimensions in %s, found %s"
              .formatted(checkpoint.source(), rank, key, shape));
    }
    return shape;
  }
}
