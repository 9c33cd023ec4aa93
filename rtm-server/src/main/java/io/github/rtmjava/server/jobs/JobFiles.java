package io.github.rtmjava.server.jobs;

import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is written of a video besides the lines that come while it runs.
 *
 * @param own results of this project's own kinds
 * @param formats others
 */
record JobFiles(Set<Own> own, List<PoseFormat> formats) {
  /** What the names of results begin with. */
  static final String STEM = "poses";

  /** The lines that come while it runs. */
  static final String LINES = STEM + ".jsonl";

  /** Results of this project's own kinds. */
  enum Own {
    /** The lines that are made in the end, smooth. */
    JSON(".smooth.jsonl"),
    /** The video with everybody drawn on it. */
    OVERLAY(".mp4"),
    /** The page in which people can be turned. */
    VIEWER(".html");

    private final String ending;

    Own(String ending) {
      this.ending = ending;
    }

    /** The name of the file. */
    String file() {
      return STEM + ending;
    }

    private String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the names mean.
   *
   * @param names as {@code --save} takes them; none for {@code json}
   * @throws ProblemException if one means nothing
   */
  static JobFiles of(List<String> names) {
    Set<Own> own = EnumSet.noneOf(Own.class);
    Map<String, PoseFormat> formats = new LinkedHashMap<>();
    for (String name : names.isEmpty() ? List.of(Own.JSON.id()) : names) {
      Optional<Own> kind = Stream.of(Own.values()).filter(k -> k.id().equals(name)).findFirst();
      if (kind.isPresent()) {
        own.add(kind.get());
      } else {
        formats.put(name, format(name));
      }
    }
    return new JobFiles(own, List.copyOf(formats.values()));
  }

  private static PoseFormat format(String name) {
    return PoseFormats.all().stream()
        .filter(format -> format.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Reason.BAD_REQUEST,
                    "expected as save some of %s, found '%s'"
                        .formatted(names().collect(Collectors.joining(", ")), name)));
  }

  private static Stream<String> names() {
    return Stream.concat(
        Stream.of(Own.values()).map(Own::id), PoseFormats.all().stream().map(PoseFormat::id));
  }

  /**
   * Checks, before anything is computed, that the model gives what the formats need.
   *
   * @throws IllegalArgumentException if it does not
   */
  void requireFit(Recording recording) {
    for (PoseFormat format : formats) {
      format
          .requirement(recording)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("save: " + problem);
              });
    }
  }
}
