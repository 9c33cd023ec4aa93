package io.github.rtmjava.app;

import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.recording.ResultPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is written.
 *
 * @param own of this program's own results
 * @param formats others
 */
record Saving(Set<Saved> own, List<PoseFormat> formats) {

  /**
   * What the names mean.
   *
   * @throws IllegalArgumentException if one means nothing
   */
  static Saving of(List<String> names) {
    Set<Saved> own = EnumSet.noneOf(Saved.class);
    Map<String, PoseFormat> formats = new LinkedHashMap<>();
    for (String name : names) {
      String plain = name.strip().toLowerCase(Locale.ROOT);
      Arrays.stream(Saved.values())
          .filter(saved -> saved.toString().equals(plain))
          .findFirst()
          .ifPresentOrElse(own::add, () -> formats.put(plain, format(plain)));
    }
    return new Saving(own, List.copyOf(formats.values()));
  }

  private static PoseFormat format(String name) {
    return PoseFormats.all().stream()
        .filter(format -> format.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected as --save some of %s, found '%s'"
                        .formatted(String.join(", ", new Names()), name)));
  }

  boolean has(Saved part) {
    return own.contains(part);
  }

  /** Whether nothing else is written. */
  boolean only(Saved part) {
    return own.equals(Set.of(part)) && formats.isEmpty();
  }

  /** Whether nothing but drawings is written. */
  boolean drawsOnly() {
    return formats.isEmpty() && !has(Saved.JSON) && !has(Saved.VIEWER);
  }

  /**
   * @throws IllegalArgumentException if a format cannot hold what the model gives
   */
  void require(Recording recording) {
    for (PoseFormat format : formats) {
      format
          .requirement(recording)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("--save " + problem);
              });
    }
  }

  /**
   * Names of what is written of an input: a file or a folder each, {@code <id>} and the like stand
   * for numbers.
   *
   * @param stem what they begin with
   */
  List<String> names(String stem) {
    List<String> names = new ArrayList<>();
    if (has(Saved.JSON)) {
      names.add(stem + ResultPart.JSON.ending());
    }
    own.forEach(saved -> saved.endings().forEach(ending -> names.add(stem + ending)));
    formats.forEach(format -> names.add(format.files(stem).replaceFirst("(?s)[/\\\\].*", "")));
    return names;
  }

  /** What stands for WHAT in the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      Arrays.stream(Saved.values()).map(Saved::toString).forEach(this::add);
      PoseFormats.all().stream().map(PoseFormat::id).forEach(this::add);
    }
  }
}
