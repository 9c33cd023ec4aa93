package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Recognition;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a checkpoint is no whole network of ours, and what to do. */
final class Unrecognised {
  private Unrecognised() {}

  /**
   * @param recognitions parts of networks that were found, if any
   */
  static CheckpointException refusal(Checkpoint checkpoint, List<Recognition> recognitions) {
    if (HeatMaps.isIn(checkpoint)) {
      return new CheckpointException(HeatMaps.REFUSAL);
    }
    if (recognitions.isEmpty()) {
      return new CheckpointException(
          "expected a network of the architectures %s, found %s tensors of another (%s, …); look at"
                  .formatted(
                      Architectures.all().stream().map(Architecture::name).toList(),
                      checkpoint.tensors().size(),
                      checkpoint.tensors().keySet().stream().findFirst().orElse("none"))
              + " them with the command inspect");
    }
    return new CheckpointException(
        "expected a whole network, found "
            + recognitions.stream()
                .map(r -> describe((Recognition.Part) r))
                .collect(Collectors.joining(" or "))
            + "; convert the file of the whole network");
  }

  /** A part of a network in words. */
  static String describe(Recognition.Part part) {
    return "only %s of %s; %s missing"
        .formatted(
            String.join(", ", part.present()),
            part.architecture(),
            part.missing().isEmpty()
                ? "the rest is"
                : String.join(", ", part.missing())
                    + (part.missing().size() == 1 ? " is" : " are"));
  }
}
