package io.github.rtmjava.server.jobs;

import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.recording.ResultPart;
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
record JobFiles(Set<ResultPart> own, List<PoseFormat> formats) {
  /** What the names of results begin with. */
  static final String STEM = "poses";

  /** The lines that come while it runs. */
  static final String LINES = STEM + ".jsonl";

  /**
   * What the names mean.
   *
   * @param names as {@code --save} takes them; none for {@code json}
   * @throws ProblemException if one means nothing
   */
  static JobFiles of(List<String> names) {
    Set<ResultPart> own = EnumSet.noneOf(ResultPart.class);
    Map<String, PoseFormat> formats = new LinkedHashMap<>();
    for (String name : names.isEmpty() ? List.of(id(ResultPart.JSON)) : names) {
      Optional<ResultPart> kind =
          Stream.of(ResultPart.values()).filter(k -> id(k).equals(name)).findFirst();
      if (kind.isPresent()) {
        own.add(kind.get());
      } else {
        formats.put(name, format(name));
      }
    }
    return new JobFiles(own, List.copyOf(formats.values()));
  }

  private static String id(ResultPart part) {
    return part.name().toLowerCase(Locale.ROOT);
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
        Stream.of(ResultPart.values()).map(JobFiles::id),
        PoseFormats.all().stream().map(PoseFormat::id));
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
