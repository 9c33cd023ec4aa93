package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.decode.HandDecoder;
import io.github.rtmjava.pose.decode.HandKeypoints;
import io.github.rtmjava.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of hands by InterNet's outputs; with 3D keypoints in the frame of the view's camera where
 * it has one with a root depth of the caller's, otherwise in {@link Frame3d#UVD}. As in mmpose's
 * inferencer the left hand's depth is shifted by the depth between the wrists, but only where there
 * is a right hand to refer to; and the keypoints of a hand that is not there have the score 0.
 */
final class HandCropDecoder implements CropDecoder {
  /** The volumes of one crop take 44 MB. */
  private static final int MOST_AT_ONCE = 4;

  private final HandDecoder decoder;
  private final float scoreBound;

  HandCropDecoder(Codec.HandVolumes codec, InputSpec input) {
    this.decoder = new HandDecoder(codec, input);
    this.scoreBound = (float) codec.scoreBound();
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public boolean depth() {
    return true;
  }

  @Override
  public Frame3d frame(@Nullable Camera camera) {
    return known(camera) == null ? Frame3d.UVD : Frame3d.CAMERA;
  }

  /** None where only the nominal distance of people is known: it says nothing about hands. */
  private static @Nullable Camera known(@Nullable Camera camera) {
    return camera == null || camera.rootDepth() == Camera.NOMINAL_ROOT_DEPTH ? null : camera;
  }

  @Override
  public PersonPose decode(Crop crop, Map<String, Tensor> outputs, int index) {
    HandKeypoints found = decoder.decode(outputs, index);
    Hands hands = found.hands();
    Camera camera = known(crop.view().camera());
    int count = found.scores().length;
    float[][] keypoints = new float[count][];
    float[][] keypoints3d = new float[count][];
    float[] scores = new float[count];
    for (int k = 0; k < count; k++) {
      boolean right = k < count / 2;
      float u = crop.geometry().imageX(found.x()[k]);
      float v = crop.geometry().imageY(found.y()[k]);
      float d = found.z()[k] + (right || !hands.right() ? 0 : hands.relativeRootDepth());
      keypoints[k] = new float[] {u, v};
      keypoints3d[k] =
          camera == null ? new float[] {u, v, d} : camera.place(u, v, d + camera.rootDepth());
      scores[k] = (right ? hands.right() : hands.left()) ? found.scores()[k] / scoreBound : 0;
    }
    return new PersonPose(
        crop.detection().box(), crop.detection().score(), keypoints, keypoints3d, scores, hands);
  }
}
