package io.github.rtmjava.server.poses;

import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The forms of an answer. */
enum AnswerForm {
  /** As {@code rtm infer} writes it; several pictures as an array. */
  JSON("application/json"),
  /** A row for each keypoint, of one picture. */
  CSV("text/csv"),
  /** The drawn picture. */
  PNG("image/png"),
  /** The drawn picture, smaller. */
  JPEG("image/jpeg"),
  /** Little-endian float32, see {@link BinaryPoses}. */
  BINARY(BinaryPoses.TYPE);

  private final String type;

  AnswerForm(String type) {
    this.type = type;
  }

  /** The media type. */
  String type() {
    return type;
  }

  /** Whether it can hold several pictures. */
  boolean several() {
    return this == JSON || this == BINARY;
  }

  /**
   * The form that a request likes best.
   *
   * @param accept its header; null for any
   * @throws ProblemException if it accepts none of them
   */
  static AnswerForm of(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return JSON;
    }
    List<Range> ranges =
        Arrays.stream(accept.split(",", 64))
            .map(Range::of)
            .filter(range -> range.quality > 0)
            .sorted(Comparator.comparingDouble((Range range) -> -range.quality))
            .toList();
    for (Range range : ranges) {
      for (AnswerForm form : values()) {
        if (range.covers(form.type)) {
          return form;
        }
      }
    }
    throw new ProblemException(
        Reason.NOT_ACCEPTABLE,
        "expected Accept to be one of "
            + Arrays.stream(values()).map(AnswerForm::type).collect(Collectors.joining(", ")));
  }

  /**
   * What a request accepts.
   *
   * @param type a media type, or one with {@code *}
   * @param quality 0 to 1
   */
  private record Range(String type, double quality) {
    static Range of(String text) {
      String[] parts = text.split(";", 16);
      double quality = 1;
      for (int i = 1; i < parts.length; i++) {
        String part = parts[i].strip().toLowerCase(Locale.ROOT);
        if (part.startsWith("q=")) {
          try {
            quality = Double.parseDouble(part.substring(2));
          } catch (NumberFormatException e) {
            quality = 0;
          }
        }
      }
      return new Range(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }

    boolean covers(String other) {
      return type.equals("*/*")
          || type.equals(other)
          || (type.endsWith("/*") && other.startsWith(type.substring(0, type.length() - 1)));
    }
  }
}
