package io.github.rtmjava.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an {@link Architecture} says of a checkpoint. */
public sealed interface Recognition {
  /**
   * The file holds a whole network of this architecture.
   *
   * @param spec what it is
   * @param remarks what was guessed, and what contradicts itself, one line each
   * @param origins what its values come from, by their names, in words
   */
  record Whole(ModelSpec spec, List<String> remarks, Map<String, String> origins)
      implements Recognition {
    public Whole {
      remarks = List.copyOf(remarks);
      origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }

    /** Without remarks; {@link Architectures#recognise} adds what the file says about itself. */
    public Whole(ModelSpec spec) {
      this(spec, List.of(), Map.of());
    }
  }

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
