package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One keypoint per hand in volumes of 2 × 2 × 2 cells; a crop of 100 pixels from (50, 0). */
class HandCropDecoderTest {
  private static final Image PICTURE = Image.ofBgr(200, 100, new byte[200 * 100 * 3]);
  private static final Detection BOX = new Detection(new Box(60, 10, 140, 90), 0.75f, 0);
  private static final float SHIFT = 0.1f;

  private final HandCropDecoder decoder =
      new HandCropDecoder(new Codec.HandVolumes(2, 0.4, 0.4, 255), InputSpec.rgb(64, 64));

  @Test
  void withoutACameraPixelsStayPixels() {
    PersonPose pair = decode(1, 1, null);
    assertArrayEquals(new float[] {100, 50}, pair.keypoints()[0]);
    assertArrayEquals(new float[] {100, 50, 0}, pair.keypoints3d()[0], 1e-6f);
    assertEquals(Frame3d.UVD, decoder.frame(null));
  }

  @Test
  void theLeftHandsDepthIsThatBehindTheRightWrist() {
    assertEquals(SHIFT, decode(1, 1, null).keypoints3d()[1][2], 1e-6f);
    assertEquals(SHIFT, decode(1, 1, null).hands().orElseThrow().relativeRootDepth(), 1e-6f);
  }

  @Test
  void aLeftHandAloneIsMeasuredFromItsOwnWrist() {
    assertEquals(0, decode(-1, 1, null).keypoints3d()[1][2], 1e-6f);
  }

  @Test
  void keypointsOfAHandThatIsNotThereHaveNoScore() {
    assertArrayEquals(new float[] {0, 0.2f}, decode(-1, 1, null).scores());
    assertArrayEquals(new float[] {0.4f, 0}, decode(1, -1, null).scores());
  }

  @Test
  void withACameraTheyLieInItsFrame() {
    Camera camera = new Camera(100, 50, 90, 40, 0.8);
    PersonPose pair = decode(1, 1, camera);
    assertArrayEquals(new float[] {0.08f, 0.16f, 0.8f}, pair.keypoints3d()[0], 1e-6f);
    assertArrayEquals(new float[] {0.09f, 0.18f, 0.9f}, pair.keypoints3d()[1], 1e-6f);
    assertEquals(Frame3d.CAMERA, decoder.frame(camera));
  }

  @Test
  void theNominalDistanceOfPeopleSaysNothingAboutHands() {
    Camera camera = new Camera(100, 50, 90, 40, Camera.NOMINAL_ROOT_DEPTH);
    assertArrayEquals(new float[] {100, 50, 0}, decode(1, 1, camera).keypoints3d()[0], 1e-6f);
    assertEquals(Frame3d.UVD, decoder.frame(camera));
  }

  private PersonPose decode(float right, float left, @Nullable Camera camera) {
    View view = view(camera);
    Map<String, Tensor> outputs =
        Map.of(
            "right_volumes", Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 102}, 1, 2, 2, 2),
            "left_volumes", Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 51}, 1, 2, 2, 2),
            "root_depth", Tensor.of(new float[] {0, 0, 0, 90}, 1, 4),
            "hand_type", Tensor.of(new float[] {right, left}, 1, 2));
    return decoder.decode(Crop.of(List.of(view), InputSpec.rgb(64, 64)).get(0), outputs, 0);
  }

  private static View view(@Nullable Camera camera) {
    return new View(NativePicture.of(PICTURE), List.of(BOX), camera);
  }
}
