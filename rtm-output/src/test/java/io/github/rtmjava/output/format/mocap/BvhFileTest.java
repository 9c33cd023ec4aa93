package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BvhFileTest {
  @TempDir Path folder;

  @Test
  void aPersonAtRestTurnsNothing() throws IOException {
    // The lengths of the bones follow from the keypoints of a body that stands with its arms out.
    Recording recording = Recordings.recording(KeypointSet.of("coco", 17));
    Recordings.write("bvh", recording, standing(recording, 0), folder);

    BvhReader bvh = new BvhReader(folder.resolve("walk_1.bvh"));
    Map<String, double[]> joints = bvh.positions(0);

    assertEquals(0.04, bvh.frameTime(), 1e-8);
    assertPoint(new double[] {20, -50, -500}, joints.get("LeftUpLeg"));
    assertPoint(new double[] {20, -90, -500}, joints.get("LeftLeg"));
    assertPoint(new double[] {0, 0, -500}, joints.get("Neck"));
    assertPoint(new double[] {-45, 0, -500}, joints.get("RightForeArm"));
    assertPoint(new double[] {-70, 0, -500}, joints.get("RightForeArmEnd"));
  }

  @Test
  void aMissingKeypointKeepsTheBoneAsItWas() throws IOException {
    KeypointSet set = KeypointSet.of("coco", 17);
    Recording recording = Recordings.recording(set);
    List<PoseFrame> frames = new ArrayList<>(standing(recording, 0));
    PersonPose person = frames.get(0).result().persons().get(0);
    float[] scores = person.scores();
    scores[set.indexOf("left_wrist")] = 0;
    PersonPose without =
        new PersonPose(person.bbox(), 1, person.keypoints(), person.keypoints3d(), scores)
            .withId(1);
    frames.add(Recordings.frame(recording, 1, 0.04, List.of(without)));
    frames.add(Recordings.frame(recording, 2, 0.08, List.of()));
    frames.add(Recordings.frame(recording, 3, 0.12, List.of(person)));
    Recordings.write("bvh", recording, frames, folder);

    BvhReader bvh = new BvhReader(folder.resolve("walk_1.bvh"));

    assertEquals(4, bvh.frames());
    for (int frame = 1; frame < 4; frame++) {
      assertPoint(
          bvh.positions(0).get("LeftForeArmEnd"), bvh.positions(frame).get("LeftForeArmEnd"));
    }
  }

  @Test
  void anglesDoNotJumpByWholeTurns() throws IOException {
    Recording recording = Recordings.recording(KeypointSet.of("coco", 17));
    List<PoseFrame> frames =
        IntStream.range(0, 40).mapToObj(i -> standing(recording, i).get(0)).toList();
    Recordings.write("bvh", recording, frames, folder);

    List<String> lines =
        Files.readAllLines(folder.resolve("walk_1.bvh")).stream()
            .dropWhile(line -> !line.startsWith("Frame Time"))
            .skip(1)
            .toList();
    double before = 0;
    for (String line : lines) {
      double y = Double.parseDouble(line.split(" ", -1)[5]);
      assertEquals(before, y, 21);
      before = y;
    }
    assertTrue(Math.abs(before) > 360, "two turns about the vertical, found " + before);
  }

  @Test
  void handsHaveNoBonesInSetsWithoutThem() throws IOException {
    Recording recording = Recordings.recording(KeypointSet.of("halpe26", 26));
    PersonPose person = Recordings.person(recording, new Random(1)).withId(1);
    Recordings.write(
        "bvh", recording, List.of(Recordings.frame(recording, 0, 0, List.of(person))), folder);

    List<String> names = new BvhReader(folder.resolve("walk_1.bvh")).names();

    assertTrue(names.contains("LeftFoot"));
    assertFalse(names.contains("LeftHand"));
  }

  /** Somebody who stands with the arms to the sides, turned about the vertical by 20 degrees i. */
  private static List<PoseFrame> standing(Recording recording, int i) {
    KeypointSet set = recording.keypointSet();
    float[][] points = new float[set.size()][];
    double turn = Math.toRadians(20 * i);
    for (int k = 0; k < points.length; k++) {
      double[] p =
          switch (set.points().get(k).name().replaceAll("left_|right_", "")) {
            case "shoulder" -> new double[] {0.18, 0, 0};
            case "elbow" -> new double[] {0.45, 0, 0};
            case "wrist" -> new double[] {0.70, 0, 0};
            case "hip" -> new double[] {0.20, -0.5, 0};
            case "knee" -> new double[] {0.20, -0.9, 0};
            case "ankle" -> new double[] {0.20, -1.3, 0};
            case "ear" -> new double[] {0.07, 0.2, 0};
            case "eye" -> new double[] {0.03, 0.25, 0.1};
            default -> new double[] {0, 0.2, 0.1};
          };
      double x = set.points().get(k).name().startsWith("right_") ? -p[0] : p[0];
      // The person faces the camera, which sees the left side on its right.
      points[k] =
          new float[] {
            (float) (x * Math.cos(turn) + p[2] * Math.sin(turn)),
            (float) -p[1],
            (float) (5 - (p[2] * Math.cos(turn) - x * Math.sin(turn)))
          };
    }
    float[] scores = new float[points.length];
    Arrays.fill(scores, 1);
    PersonPose person =
        new PersonPose(new Box(0, 0, 9, 9), 1, new float[points.length][2], points, scores)
            .withId(1);
    return List.of(Recordings.frame(recording, i, i / 25.0, List.of(person)));
  }

  private static void assertPoint(double[] expected, double[] found) {
    for (int axis = 0; axis < 3; axis++) {
      assertEquals(expected[axis], found[axis], 1e-3, () -> Arrays.toString(found));
    }
  }
}
