package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.runtime.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures on the class path. */
public final class Architectures {
  private Architectures() {}

  /** All of them, in the class path's order. */
  public static List<Architecture> all() {
    return Services.all(Architecture.class);
  }

  /**
   * The architecture of that name.
   *
   * @throws IllegalArgumentException if there is none on the class path
   */
  public static Architecture named(String name) {
    List<Architecture> all = all();
    return all.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no architecture '%s' on the class path; there are %s"
                        .formatted(name, all.stream().map(Architecture::name).toList())));
  }

  /**
   * What the checkpoint is: the one architecture that claims it as a whole, with what the file says
   * about its input and keypoints laid over what is usual; otherwise the partial claims; otherwise
   * nothing.
   *
   * @throws CheckpointException if two architectures claim the whole file, or one finds that it
   *     contradicts itself
   */
  public static List<Recognition> recognise(Checkpoint checkpoint) throws CheckpointException {
    List<Recognition> whole = new ArrayList<>();
    List<Recognition> parts = new ArrayList<>();
    for (Architecture architecture : all()) {
      Recognition recognition = architecture.recognise(checkpoint);
      if (recognition instanceof Recognition.Whole found) {
        whole.add(SelfDescription.apply(checkpoint, found));
      } else if (recognition instanceof Recognition.Part) {
        parts.add(recognition);
      }
    }
    if (whole.size() > 1) {
      throw new CheckpointException(
          "%s is claimed by more than one architecture: %s; leave one of them off the class path"
              .formatted(
                  checkpoint.source(),
                  whole.stream()
                      .map(r -> ((Recognition.Whole) r).spec().architecture())
                      .collect(Collectors.joining(", "))));
    }
    return whole.isEmpty() ? parts : whole;
  }
}
