package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the annotated pictures that results are of, and counts results of others. */
final class PictureJoin {
  private final String file;
  private final Remarks remarks;
  private final List<AnnotatedImage> images;
  private final Map<Long, AnnotatedImage> byId;
  private final Map<String, List<AnnotatedImage>> byBase = new HashMap<>();
  private @Nullable String firstStranger;
  private boolean any;

  PictureJoin(String file, Annotations annotations, Remarks remarks) {
    this.file = file;
    this.remarks = remarks;
    this.images = annotations.images();
    this.byId = images.stream().collect(Collectors.toMap(AnnotatedImage::id, Function.identity()));
    for (AnnotatedImage image : images) {
      byBase
          .computeIfAbsent(base(new PictureName(image.fileName())), key -> new ArrayList<>())
          .add(image);
    }
  }

  private static String base(PictureName name) {
    return new PictureName(name.base()).folded();
  }

  /** The picture of that id; empty if none is annotated. */
  Optional<AnnotatedImage> byId(long id) {
    return found(Optional.ofNullable(byId.get(id)), "picture " + id);
  }

  /**
   * The picture of that name, whatever folders were before it; empty if none is annotated.
   *
   * @throws IOException if several are
   */
  Optional<AnnotatedImage> byName(String name) throws IOException {
    for (PictureName spelling : new PictureName(name).spellings()) {
      List<AnnotatedImage> candidates = byBase.getOrDefault(base(spelling), List.of());
      List<AnnotatedImage> best = best(spelling, candidates);
      if (best.size() > 1) {
        throw new IOException(
            "%s: expected one picture named '%s' in the annotations, found %s"
                .formatted(file, name, best.size()));
      }
      if (best.size() == 1) {
        return found(Optional.of(best.get(0)), name);
      }
    }
    return found(Optional.empty(), name);
  }

  /** Those with most folders in common; with the same capitals, if any has them. */
  private static List<AnnotatedImage> best(PictureName name, List<AnnotatedImage> candidates) {
    int most =
        candidates.stream()
            .mapToInt(image -> new PictureName(image.fileName()).commonEnd(name))
            .max()
            .orElse(0);
    List<AnnotatedImage> best =
        candidates.stream()
            .filter(image -> new PictureName(image.fileName()).commonEnd(name) == most)
            .toList();
    List<AnnotatedImage> exact =
        best.stream()
            .filter(image -> new PictureName(image.fileName()).base().equals(name.base()))
            .toList();
    return exact.isEmpty() ? best : exact;
  }

  private Optional<AnnotatedImage> found(Optional<AnnotatedImage> image, String what) {
    any |= image.isPresent();
    if (image.isEmpty()) {
      firstStranger = firstStranger == null ? what : firstStranger;
      remarks.count(
          "result of a picture that is not annotated",
          "results of pictures that are not annotated",
          "left out",
          what);
    }
    return image;
  }

  /** Refuses results none of which is of an annotated picture. */
  void requireAny() throws IOException {
    if (!any && firstStranger != null && !images.isEmpty()) {
      AnnotatedImage image = images.get(0);
      throw new IOException(
          "%s: no result is of a picture that is annotated: the first result is of %s, the first"
                  .formatted(file, firstStranger)
              + " annotated picture is %s (%s)".formatted(image.id(), image.fileName()));
    }
  }
}
