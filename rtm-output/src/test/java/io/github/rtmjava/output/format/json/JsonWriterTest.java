package io.github.rtmjava.output.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonWriterTest {
  private static final KeypointSet TWO = KeypointSet.of("two", 2);

  @Test
  void theStructureIsTheDocumentedOne() throws IOException {
    assertEquals(
        """
        {"image":"a \\"b\\".jpg","width":640,"height":480,"model":"tiny","frame":"z_up",\
        "keypoint_set":"two","keypoint_names":["keypoint_0","keypoint_1"],\
        "persons":[{"bbox":[1.0,2.5,30.0,40.25],"bbox_score":0.75,\
        "keypoints":[[10.5,20.0],[-0.125,3.0]],"keypoints_3d":[[0.1,-0.2,1.0E-7],[1.0,2.0,3.0]],\
        "keypoint_scores":[1.25,0.0]}]}
        """,
        text(result(0.1f)));
  }

  @Test
  void aModelWithoutDepthGivesNoKeypointsIn3d() throws IOException {
    PersonPose flat =
        new PersonPose(new Box(1, 2, 3, 4), 1, new float[2][2], new float[0][], new float[2]);
    PoseResult result = new PoseResult(9, 9, "flat", Frame3d.CAMERA, TWO, List.of(flat));
    assertFalse(
        new ObjectMapper().readTree(text(result)).get("persons").get(0).has("keypoints_3d"));
  }

  @Test
  void handsAreThoseOfTheModel() throws IOException {
    PersonPose pair =
        new PersonPose(
            new Box(1, 2, 3, 4),
            1,
            new float[2][2],
            new float[][] {{1, 2, 0.5f}, {3, 4, 0.25f}},
            new float[2],
            new Hands(true, false, 0.75f, 0.25f, -0.125f));

    JsonNode json =
        new ObjectMapper()
            .readTree(text(new PoseResult(9, 9, "m", Frame3d.UVD, TWO, List.of(pair))));

    assertEquals("uvd", json.get("frame").asText());
    assertEquals(
        """
        {"right":true,"left":false,"right_score":0.75,"left_score":0.25,\
        "relative_root_depth":-0.125}""",
        json.get("persons").get(0).get("hands").toString());
  }

  @Test
  void aPictureWithoutPeopleHasAnEmptyList() throws IOException {
    PoseResult nobody = new PoseResult(640, 480, "tiny", Frame3d.CAMERA, TWO, List.of());

    JsonNode json = new ObjectMapper().readTree(text(nobody));

    assertTrue(json.get("persons").isArray());
    assertTrue(json.get("persons").isEmpty());
    assertEquals("camera", json.get("frame").asText());
  }

  @Test
  void floatsKeepEveryBit() throws IOException {
    float odd = Math.nextUp(0.3f);

    JsonNode json = new ObjectMapper().readTree(text(result(odd)));

    JsonNode written = json.get("persons").get(0).get("keypoints_3d").get(0).get(0);
    assertEquals(odd, Float.parseFloat(written.asText()));
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedAndLeaveNoFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.json");

    assertThrows(IOException.class, () -> JsonWriter.write(result(Float.NaN), "a.jpg", file));

    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void filesAreReplacedAsAWhole(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old".repeat(10_000));

    JsonWriter.write(result(0.5f), "a.jpg", file);

    assertEquals(text(result(0.5f), "a.jpg"), Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static PoseResult result(float x) {
    PersonPose person =
        new PersonPose(
            new Box(1, 2.5f, 30, 40.25f),
            0.75f,
            new float[][] {{10.5f, 20}, {-0.125f, 3}},
            new float[][] {{x, -0.2f, 1e-7f}, {1, 2, 3}},
            new float[] {1.25f, 0});
    return new PoseResult(640, 480, "tiny", Frame3d.Z_UP, TWO, List.of(person));
  }

  private static String text(PoseResult result) throws IOException {
    return text(result, "a \"b\".jpg");
  }

  private static String text(PoseResult result, String image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter.write(result, image, false, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
