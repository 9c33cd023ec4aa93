package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.nn.block.WeightShapes;
import java.util.Optional;

/** What the checkpoints of SimCC pose models say alike: parts, input size and keypoints. */
record SimccRecogniser(Checkpoint checkpoint, Parts parts) {
  private static final int COARSE_STRIDE = 32;

  /**
   * What the file is, unless it holds every part.
   *
   * @param head whether the file holds the architecture's head
   * @return empty if every part is there
   */
  Optional<Recognition> incomplete(boolean head) {
    return parts.incomplete(checkpoint, CspNext.isIn(checkpoint), head);
  }

  WeightShapes shapes() {
    return new WeightShapes(checkpoint, "an %s network".formatted(parts.architecture()));
  }

  /**
   * The input size. The coarse feature map's width times height is known, and so is their ratio,
   * since both axes have the same number of bins per pixel.
   */
  InputSpec input(SimccClassifiers classifiers) throws CheckpointException {
    int area = shapes().of("head.mlp.1.weight", 2).dim(1);
    int binsX = classifiers.binsX();
    int binsY = classifiers.binsY();
    for (int width = 1; width <= area; width++) {
      if (area % width == 0 && (long) width * binsY == (long) (area / width) * binsX) {
        return InputSpec.rgb(COARSE_STRIDE * width, COARSE_STRIDE * (area / width));
      }
    }
    throw new CheckpointException(
        "%s: no input size has a feature map of %s cells with %s bins in x and %s in y"
            .formatted(checkpoint.source(), area, binsX, binsY));
  }
}
