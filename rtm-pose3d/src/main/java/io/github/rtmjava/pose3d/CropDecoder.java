package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes results of what a top-down network says of crops. */
interface CropDecoder {
  /** How many crops at most go through the network at once, to bound its memory. */
  int mostAtOnce();

  /** Whether it finds 3D keypoints. */
  boolean depth();

  /**
   * The frame of the 3D keypoints.
   *
   * @param camera that took a picture; null where nobody knows
   */
  Frame3d frame(@Nullable Camera camera);

  /**
   * Who is in a crop.
   *
   * @param outputs of a batch
   * @param index of the crop in it
   */
  PersonPose decode(Crop crop, Map<String, Tensor> outputs, int index);

  /**
   * The one for a model.
   *
   * @throws IllegalArgumentException if it is no top-down pose model
   */
  static CropDecoder of(Model model) {
    Codec codec = model.spec().codec();
    if (codec instanceof Codec.Simcc simcc) {
      return new SimccCropDecoder(simcc);
    } else if (codec instanceof Codec.HandVolumes volumes) {
      return new HandCropDecoder(volumes, model.spec().input());
    }
    throw new IllegalArgumentException(
        "expected a top-down pose model, for example an RTMPose, found '%s', a %s of task %s"
            .formatted(model.name(), model.spec().architecture(), model.spec().task()));
  }
}
