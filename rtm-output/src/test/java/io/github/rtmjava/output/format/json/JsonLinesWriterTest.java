package io.github.rtmjava.output.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesWriterTest {
  private static final KeypointSet ONE = KeypointSet.of("one", 1);
  private static final Recording RECORDING =
      new Recording(
          "a.mp4", 64, 48, 12.5, 2, "tiny", Frame3d.CAMERA, ONE, new Camera(50, 51, 32, 24, 3));

  @TempDir Path folder;

  @Test
  void theStructureIsTheDocumentedOne() throws IOException {
    Path file = folder.resolve("a.jsonl");
    try (JsonLinesWriter lines = new JsonLinesWriter(file, RECORDING)) {
      lines.write(frame(0, person(1).withId(3)));
      lines.write(frame(4, person(2).withId(3).asInterpolated()));
    }
    assertEquals(
        """
        {"video":"a.mp4","width":64,"height":48,"frame_rate":12.5,"model":"tiny",\
        "frame":"camera","camera":{"fx":50.0,"fy":51.0,"cx":32.0,"cy":24.0,"root_depth":3.0},\
        "keypoint_set":"one","keypoint_names":["keypoint_0"]}
        {"frame":0,"time_s":0.0,"persons":[{"id":3,"bbox":[1.0,2.0,3.0,4.0],"bbox_score":0.5,\
        "keypoints":[[1.0,5.0]],"keypoints_3d":[[1.0,0.0,2.5]],"keypoint_scores":[0.75]}]}
        {"frame":4,"time_s":0.5,"persons":[{"id":3,"interpolated":true,"bbox":[1.0,2.0,3.0,4.0],\
        "bbox_score":0.5,"keypoints":[[2.0,5.0]],"keypoints_3d":[[2.0,0.0,2.5]],\
        "keypoint_scores":[0.75]}]}
        """,
        Files.readString(file));
  }

  @Test
  void aFrameThatIsRefusedLeavesNoHalfLine() throws IOException {
    Path file = folder.resolve("a.jsonl");
    try (JsonLinesWriter lines = new JsonLinesWriter(file, RECORDING)) {
      lines.write(frame(0, person(1)));
      assertThrows(IOException.class, () -> lines.write(frame(1, person(Float.NaN))));
      lines.write(frame(2, person(1)));
    }
    assertEquals(
        List.of("{\"frame\":0,", "{\"frame\":2,"),
        Files.readAllLines(file).stream().skip(1).map(line -> line.substring(0, 11)).toList());
  }

  private static PersonPose person(float x) {
    return new PersonPose(
        new Box(1, 2, 3, 4),
        0.5f,
        new float[][] {{x, 5}},
        new float[][] {{x, 0, 2.5f}},
        new float[] {0.75f});
  }

  private static PoseFrame frame(int index, PersonPose person) {
    return new PoseFrame(
        index, index / 8.0, new PoseResult(64, 48, "tiny", Frame3d.CAMERA, ONE, List.of(person)));
  }
}
