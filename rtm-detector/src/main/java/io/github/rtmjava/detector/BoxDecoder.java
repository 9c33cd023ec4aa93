package io.github.rtmjava.detector;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Turns a detector's outputs into boxes. */
interface BoxDecoder {

  /** The one for a codec. */
  static BoxDecoder of(Codec.Detector codec) {
    if (codec instanceof Codec.CentreBoxes centres) {
      return new CentreDecoder(centres);
    }
    return new DistanceDecoder((Codec.Boxes) codec);
  }

  /**
   * Boxes in pixels of the picture, best first, after non-maximum suppression.
   *
   * @param outputs the network's outputs
   * @param index of the picture in the batch
   * @param letterbox how the picture was brought to the input's size
   */
  List<Detection> decode(Map<String, Tensor> outputs, int index, Letterbox letterbox);

  /** One of the outputs. */
  static Tensor output(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected the output %s of a detector, found %s".formatted(name, outputs.keySet()));
    }
    return tensor;
  }

  static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }
}
