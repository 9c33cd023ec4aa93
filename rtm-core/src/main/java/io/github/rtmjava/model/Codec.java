package io.github.rtmjava.model;

import org.jspecify.annotations.Nullable;

/** How a network's outputs are turned into results. */
public sealed interface Codec {

  /** What makes boxes with classes: a detector's. */
  sealed interface Detector extends Codec permits Boxes, CentreBoxes {
    /** The score above which a box is worth a caller's attention. */
    float recommendedThreshold();

    /** The same with another recommended threshold. */
    Detector withRecommendedThreshold(float threshold);
  }

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
      implements Detector {
    @Override
    public Boxes withRecommendedThreshold(float threshold) {
      return new Boxes(scoreThreshold, nmsPre, nmsIou, maxPerImage, threshold);
    }
  }

  /**
   * Centres with sizes, and whether there is anything at all, as YOLOX's head returns them
   * (arXiv:2107.08430): a box has one class, its likeliest, and as many remain as do not overlap.
   *
   * @param scoreThreshold candidates need this score, which is that of the class times that of
   *     there being anything
   * @param nmsIou a box that overlaps a better one of its class by more than this is dropped
   * @param recommendedThreshold the score above which a box is worth a caller's attention
   */
  record CentreBoxes(float scoreThreshold, float nmsIou, float recommendedThreshold)
      implements Detector {
    @Override
    public CentreBoxes withRecommendedThreshold(float threshold) {
      return new CentreBoxes(scoreThreshold, nmsIou, threshold);
    }
  }

  /**
   * SimCC: one classification over sub-pixel bins per axis and keypoint.
   *
   * @param splitRatio bins per input pixel
   * @param depth extent of the depth axis in pixels; 0 for two dimensions
   * @param zRange half the metric extent of the depth axis in metres; 0 for two dimensions
   * @param rootZ nominal distance of the root from the camera in metres; 0 for two dimensions
   * @param visibility how visibility is read; null where the scores stand for it
   */
  record Simcc(
      double splitRatio, int depth, double zRange, double rootZ, @Nullable Visibility visibility)
      implements Codec {

    /** Without visibility of its own. */
    public Simcc(double splitRatio, int depth, double zRange, double rootZ) {
      this(splitRatio, depth, zRange, rootZ, null);
    }
  }

  /**
   * InterNet's (mmpose's {@code Hand3DHeatmap}): a volume of depth, rows and columns per keypoint
   * of each hand, one classification of the depth between the hands' roots, one presence per hand.
   *
   * @param depthBins depth of a volume
   * @param depthRange metres that a volume is deep, the hand's root in the middle
   * @param rootRange metres that the bins of the roots' depth cover, zero in the middle
   * @param scoreBound what the network was trained to answer at a keypoint's place
   */
  record HandVolumes(int depthBins, double depthRange, double rootRange, double scoreBound)
      implements Codec {
    public HandVolumes {
      if (depthBins < 1 || !(depthRange > 0) || !(rootRange > 0) || !(scoreBound > 0)) {
        throw new IllegalArgumentException(
            "expected positive depth bins, ranges and bound, found %s, %s, %s and %s"
                .formatted(depthBins, depthRange, rootRange, scoreBound));
      }
    }
  }

  /**
   * Boxes of people, each with a vector of its pose, which a second network turns into one
   * classification over bins across the enlarged box per axis and keypoint: RTMO's dynamic
   * coordinate classifier (arXiv:2312.07526, section 3.2).
   *
   * @param scoreThreshold candidates need a score above this
   * @param nmsPre at most so many candidates go on
   * @param nmsIou a box that overlaps a better one by more than this is dropped
   * @param maxPerImage at most so many people remain
   * @param padding factor by which a box is enlarged before its bins are laid out
   */
  record Dcc(float scoreThreshold, int nmsPre, float nmsIou, int maxPerImage, float padding)
      implements Codec {
    public Dcc {
      if (nmsPre < 1 || maxPerImage < 1 || !(padding > 0)) {
        throw new IllegalArgumentException(
            "expected positive limits and padding, found %s, %s and %s"
                .formatted(nmsPre, maxPerImage, padding));
      }
    }
  }

  /**
   * Visibility of a keypoint: the smaller of the largest probabilities in x and y, each a softmax
   * over the bins, sharpened (mmpose's {@code decode_visibility}).
   *
   * @param sharpnessX factor of the outputs in x before the softmax
   * @param sharpnessY factor of the outputs in y before the softmax
   */
  record Visibility(double sharpnessX, double sharpnessY) {
    /** Upstream's {@code decode_beta}. */
    private static final double BETA = 150;

    /** With the spread of the labels that the model was trained with, in pixels. */
    public static Visibility ofSigma(double sigmaX, double sigmaY) {
      return new Visibility(BETA * sigmaX, BETA * sigmaY);
    }
  }
}
