package io.github.rtmjava.output.viewer;

import io.github.rtmjava.motion.space.WorldPose;
import org.jspecify.annotations.Nullable;

/**
 * What a page holds besides the poses.
 *
 * @param media what lies behind the 2D keypoints
 * @param angles whether the angles of the bodies are in it, with a graph
 * @param minScore the raw score from which keypoints are shown at first; the page has a slider
 * @param note what the numbers mean, in a sentence, for example how the scale was found; empty for
 *     what the frame of the 3D keypoints says by itself
 * @param camera where the camera stands, for 3D keypoints in the world's frame; null where nobody
 *     knows, and for frames that have the camera at their origin
 */
public record ViewerOptions(
    ViewerMedia media, boolean angles, float minScore, String note, @Nullable WorldPose camera) {
  public ViewerOptions {
    if (!Float.isFinite(minScore)) {
      throw new IllegalArgumentException("expected a finite lowest score, found " + minScore);
    }
  }

  /** No media, angles, scores from 0.3 on. */
  public static ViewerOptions defaults() {
    return new ViewerOptions(ViewerMedia.none(), true, 0.3f, "", null);
  }

  /** The same with other media. */
  public ViewerOptions withMedia(ViewerMedia other) {
    return new ViewerOptions(other, angles, minScore, note, camera);
  }

  /** The same with or without angles. */
  public ViewerOptions withAngles(boolean others) {
    return new ViewerOptions(media, others, minScore, note, camera);
  }

  /** The same with another lowest score. */
  public ViewerOptions withMinScore(float other) {
    return new ViewerOptions(media, angles, other, note, camera);
  }

  /** The same with another note. */
  public ViewerOptions withNote(String other) {
    return new ViewerOptions(media, angles, minScore, other, camera);
  }

  /** The same with a camera that stands in the world. */
  public ViewerOptions withCamera(WorldPose other) {
    return new ViewerOptions(media, angles, minScore, note, other);
  }
}
