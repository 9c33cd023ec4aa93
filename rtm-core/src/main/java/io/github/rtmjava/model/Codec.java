package io.github.rtmjava.model;

/** How a network's outputs are turned into results. */
public sealed interface Codec {

  /**
   * Points with distances to the four sides, as RTMDet's head returns them.
   *
   * @param scoreThreshold candidates need a score above this
   * @param nmsPre at most so many candidates per level go on
   * @param nmsIou a box that overlaps a better one by more than this is dropped
   * @param maxPerImage at most so many boxes remain
   * @param recommendedThreshold the score above which a box is worth a caller's attention
   */
  record Boxes(
      float scoreThreshold, int nmsPre, float nmsIou, int maxPerImage, float recommendedThreshold)
      implements Codec {}

  /**
   * SimCC: one classification over sub-pixel bins per axis and keypoint.
   *
   * @param splitRatio bins per input pixel
   * @param depth extent of the depth axis in pixels; 0 for two dimensions
   * @param zRange half the metric extent of the depth axis in metres; 0 for two dimensions
   * @param rootZ nominal distance of the root from the camera in metres; 0 for two dimensions
   */
  record Simcc(double splitRatio, int depth, double zRange, double rootZ) implements Codec {}
}
