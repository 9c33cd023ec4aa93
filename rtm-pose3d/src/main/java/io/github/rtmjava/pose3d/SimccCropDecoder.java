package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.decode.SimccDecoder;
import io.github.rtmjava.pose.decode.SimccKeypoints;
import io.github.rtmjava.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People by SimCC outputs; with 3D keypoints, where the model has depth, in the frame of the view's
 * camera, or of the nominal one.
 */
final class SimccCropDecoder implements CropDecoder {
  private static final int MOST_AT_ONCE = 64;

  private final SimccDecoder decoder;
  private final boolean depth;

  SimccCropDecoder(Codec.Simcc codec) {
    this.decoder = new SimccDecoder(codec);
    this.depth = codec.depth() > 0;
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public boolean depth() {
    return depth;
  }

  @Override
  public Frame3d frame(@Nullable Camera camera) {
    return Frame3d.CAMERA;
  }

  @Override
  public PersonPose decode(Crop crop, Map<String, Tensor> outputs, int index) {
    SimccKeypoints found = decoder.decode(outputs, index);
    CropGeometry geometry = crop.geometry();
    Camera camera = crop.view().cameraOrNominal();
    float[][] keypoints = new float[found.scores().length][];
    float[][] keypoints3d = new float[found.z().length][];
    for (int k = 0; k < keypoints.length; k++) {
      keypoints[k] = new float[] {geometry.imageX(found.x()[k]), geometry.imageY(found.y()[k])};
    }
    for (int k = 0; k < keypoints3d.length; k++) {
      double depth = found.z()[k] + camera.rootDepth();
      keypoints3d[k] = camera.place(keypoints[k][0], keypoints[k][1], depth);
    }
    return new PersonPose(
        crop.detection().box(),
        crop.detection().score(),
        keypoints,
        keypoints3d,
        found.scores(),
        found.visibilities());
  }
}
