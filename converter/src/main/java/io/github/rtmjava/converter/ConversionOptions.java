package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.ModelSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion is told beyond what the file says.
 *
 * @param name the model's name; null for the file's
 * @param inputSize the input size of a network that reads whole pictures, which no file holds; null
 *     for the official one
 * @param recommendedThreshold a detector's recommended score threshold; null for the official one
 * @param licence SPDX expression of the weights' licence; null if it is not known
 */
public record ConversionOptions(
    @Nullable String name,
    @Nullable Size inputSize,
    @Nullable Float recommendedThreshold,
    @Nullable String licence) {

  /** Everything as the file and its architecture say. */
  public static final ConversionOptions DEFAULT = new ConversionOptions(null, null, null, null);

  /** A size in pixels. */
  public record Size(int width, int height) {}

  ModelSpec apply(ModelSpec spec) throws CheckpointException {
    ModelSpec result = spec;
    Size size = inputSize;
    Float threshold = recommendedThreshold;
    boolean detector = spec.codec() instanceof Codec.Detector;
    if (size != null && !detector && !(spec.codec() instanceof Codec.Dcc)) {
      throw new CheckpointException(
          "an input size can be set for networks that read whole pictures only; this is a %s"
                  .formatted(spec.architecture())
              + " network, whose file says its own");
    }
    if (threshold != null && !detector) {
      throw new CheckpointException(
          "a box threshold can be set for detectors only; this is a %s network"
              .formatted(spec.architecture()));
    }
    if (size != null) {
      result = result.withInput(spec.input().withSize(size.width, size.height));
    }
    if (threshold != null && spec.codec() instanceof Codec.Detector boxes) {
      result = result.withCodec(boxes.withRecommendedThreshold(threshold));
    }
    return result;
  }
}
