package io.github.rtmjava.eval;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How crowded pictures are, in the bands in which CrowdPose reports. */
public enum CrowdBand {
  /** Crowd index below 0.2. */
  EASY(Double.NEGATIVE_INFINITY, 0.2),
  /** Crowd index of 0.2 to below 0.8. */
  MEDIUM(0.2, 0.8),
  /** Crowd index of 0.8 and more. */
  HARD(0.8, Double.POSITIVE_INFINITY);

  private final double from;
  private final double to;

  CrowdBand(double from, double to) {
    this.from = from;
    this.to = to;
  }

  /** The pictures of this band with their people. */
  public Annotations of(Annotations annotations) {
    List<AnnotatedImage> images = annotations.images().stream().filter(this::holds).toList();
    Set<Long> ids = images.stream().map(AnnotatedImage::id).collect(Collectors.toSet());
    return new Annotations(
        images,
        annotations.people().stream().filter(person -> ids.contains(person.imageId())).toList(),
        annotations.keypointSet());
  }

  private boolean holds(AnnotatedImage image) {
    Double index = image.crowdIndex();
    return index != null && index >= from && index < to;
  }
}
