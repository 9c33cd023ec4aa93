package io.github.rtmjava.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the keypoints of annotations, beside what their file says.
 *
 * @param name of the keypoint set; null to tell it from the names or the number of keypoints.
 *     {@code coco} reads the body only of annotations that begin with it, such as whole bodies.
 * @param sigmas the spread of annotators at each keypoint, by which OKS is judged; empty for those
 *     of the set
 */
public record KeypointChoice(@Nullable String name, List<Double> sigmas) {
  /** Nothing is said. */
  public static final KeypointChoice NONE = new KeypointChoice(null, List.of());

  public KeypointChoice {
    sigmas = List.copyOf(sigmas);
    for (double sigma : sigmas) {
      if (!(sigma > 0 && Double.isFinite(sigma))) {
        throw new IllegalArgumentException("expected sigmas above 0, found " + sigma);
      }
    }
  }

  /** The set of that name. */
  public static KeypointChoice of(@Nullable String name) {
    return new KeypointChoice(name, List.of());
  }
}
