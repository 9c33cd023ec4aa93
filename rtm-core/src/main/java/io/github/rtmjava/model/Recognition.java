package io.github.rtmjava.model;

import java.util.List;

/** What an {@link Architecture} says of a checkpoint. */
public sealed interface Recognition {
  /** The file holds a whole network of this architecture. */
  record Whole(ModelSpec spec) implements Recognition {}

  /**
   * The file holds parts of such a network.
   *
   * @param architecture its name
   * @param present prefixes of the parts that are there, for example {@code backbone}
   * @param missing prefixes of the parts that are not
   */
  record Part(String architecture, List<String> present, List<String> missing)
      implements Recognition {
    public Part {
      present = List.copyOf(present);
      missing = List.copyOf(missing);
    }
  }

  /** The file is of another kind. */
  record Foreign() implements Recognition {}
}
