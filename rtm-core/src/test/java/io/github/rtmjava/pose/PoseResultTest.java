package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoseResultTest {
  private final KeypointSet set = KeypointSet.of("coco_wholebody", 133);
  private final PoseResult result = result();

  @Test
  void arraysHandedOutAreTheCallersOwn() {
    result.keypoints3d()[0][5][2] = 99;
    result.keypoints2d()[0][5][1] = 99;
    result.scores()[0][5] = 99;
    result.persons().get(0).keypoints()[5][0] = 99;
    assertEquals(7, result.keypoints3d()[0][5][2]);
    assertEquals(6, result.keypoints2d()[0][5][1]);
    assertEquals(1.5f, result.scores()[0][5]);
    assertEquals(5, result.persons().get(0).keypoints()[5][0]);
  }

  @Test
  void arraysAreInTheOrderOfPeopleAndKeypoints() {
    PersonPose person = result.persons().get(0);
    PersonPose other =
        new PersonPose(
            new Box(1, 2, 3, 4), 0.25f, person.keypoints(), person.keypoints3d(), person.scores());
    PoseResult both = result.with(List.of(person, other));
    assertArrayEquals(new float[] {person.bboxScore(), 0.25f}, both.bboxScores());
    assertArrayEquals(new float[] {1, 2, 3, 4}, both.bboxes()[1]);
    int[][] links = both.skeletonLinks();
    assertEquals(set.links().size(), links.length);
    assertEquals(Set.of("left_ankle", "left_knee"), Set.of(name(links[0][0]), name(links[0][1])));
  }

  private String name(int keypoint) {
    return result.keypointNames().get(keypoint);
  }

  @Test
  void framesTurnTheCamerasAxes() {
    assertArrayEquals(new float[] {5, 6, 7}, result.keypoints3d()[0][5]);
    assertArrayEquals(new float[] {5, 7, -6}, result.in(Frame3d.Z_UP).keypoints3d()[0][5]);
    assertArrayEquals(new float[] {5, -6, -7}, result.in(Frame3d.Y_UP).keypoints3d()[0][5]);
    assertArrayEquals(new float[] {-5, -7, -6}, result.in(Frame3d.RTMPOSE3D).keypoints3d()[0][5]);
    assertEquals(Frame3d.Z_UP, result.in(Frame3d.Z_UP).frame());
  }

  @Test
  void theRootIsTheMiddleOfTheHips() {
    float[][] xyz = result.in(Frame3d.ROOT_RELATIVE).keypoints3d()[0];
    for (int axis = 0; axis < 3; axis++) {
      assertEquals(0, xyz[11][axis] + xyz[12][axis], 1e-6);
    }
  }

  @Test
  void noWayLeadsBackFromAnotherFrame() {
    PoseResult turned = result.in(Frame3d.Y_UP);
    assertThrows(IllegalStateException.class, () -> turned.in(Frame3d.CAMERA));
  }

  @Test
  void theWorldNeedsMoreThanTheCamera() {
    assertThrows(IllegalStateException.class, () -> result.in(Frame3d.WORLD));
  }

  @Test
  void pixelsWithDepthNeedACameraToBecomeMetres() {
    PoseResult uvd = new PoseResult(640, 480, "model", Frame3d.UVD, set, result.persons());
    assertEquals(uvd, uvd.in(Frame3d.UVD));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> uvd.in(Frame3d.Z_UP));
    assertEquals(
        "expected 3D keypoints in metres to bring into the frame z_up, found pixels and depth"
            + " (uvd); give the camera that took the picture",
        e.getMessage());
  }

  @Test
  void metresDoNotBecomePixels() {
    assertThrows(IllegalStateException.class, () -> result.in(Frame3d.UVD));
  }

  @Test
  void aChangeOfFrameKeepsTheHands() {
    Hands hands = new Hands(true, false, 0.9f, 0.2f, 0.05f);
    PersonPose pair =
        new PersonPose(
            new Box(1, 2, 3, 4),
            1,
            new float[2][2],
            new float[][] {{1, 2, 3}, {4, 5, 6}},
            new float[2],
            hands);
    PoseResult both =
        new PoseResult(9, 9, "m", Frame3d.CAMERA, KeypointSet.of("two", 2), List.of(pair));
    assertEquals(Optional.of(hands), both.in(Frame3d.Y_UP).persons().get(0).hands());
  }

  @Test
  void mapKeysAreThoseOfRtmpose3d() {
    assertEquals(
        Set.of("keypoints_3d", "keypoints_2d", "scores", "bboxes"), result.toMap().keySet());
  }

  @Test
  void confidencesAreClamped() {
    assertEquals(1, result.confidences()[0][5]);
    assertEquals(0, result.confidences()[0][0]);
  }

  @Test
  void thePersonsKeypointsMustBeThoseOfTheSet() {
    KeypointSet other = KeypointSet.of("other", 17);
    List<PersonPose> persons = result.persons();
    assertThrows(
        IllegalArgumentException.class,
        () -> new PoseResult(10, 10, "m", Frame3d.CAMERA, other, persons));
  }

  @Test
  void wholeBodyMetadataIsComplete() {
    assertEquals(133, set.size());
    assertEquals(65, set.links().size());
    assertEquals(11, set.indexOf("left_hip"));
    assertEquals(-1, set.indexOf("tail"));
    for (int i = 0; i < set.size(); i++) {
      assertEquals(i, set.points().get(set.points().get(i).flipped()).flipped());
    }
  }

  @Test
  void anUnknownSetHasNumberedKeypoints() {
    KeypointSet unknown = KeypointSet.of("../etc/passwd", 2);
    assertEquals("keypoint_1", unknown.points().get(1).name());
    assertNotSame(set, KeypointSet.of("coco_wholebody", 17));
    assertEquals("keypoint_0", KeypointSet.of("coco_wholebody", 17).points().get(0).name());
  }

  private PoseResult result() {
    int count = set.size();
    float[][] xy = new float[count][];
    float[][] xyz = new float[count][];
    float[] scores = new float[count];
    for (int k = 0; k < count; k++) {
      xy[k] = new float[] {k, k + 1};
      xyz[k] = new float[] {k, k + 1, k + 2};
      scores[k] = k == 0 ? -1 : 1.5f;
    }
    PersonPose person = new PersonPose(new Box(1, 2, 3, 4), 0.5f, xy, xyz, scores);
    return new PoseResult(640, 480, "model", Frame3d.CAMERA, set, List.of(person));
  }
}
