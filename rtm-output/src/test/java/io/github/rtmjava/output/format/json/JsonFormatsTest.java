package io.github.rtmjava.output.format.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.eval.AnnotatedImage;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.Prediction;
import io.github.rtmjava.eval.Predictions;
import io.github.rtmjava.eval.ScoringRules;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFormatsTest {
  private static final KeypointSet BODY = KeypointSet.of("coco", 17);

  @TempDir Path folder;

  @Test
  void aPictureIsAListOfInstancesWithNestedBoxes() throws IOException {
    Recording picture = new Recording("a.jpg", 640, 480, 0, 1, "flat", Frame3d.CAMERA, BODY, null);
    PersonPose person = Recordings.person(picture, new Random(1));
    Recordings.write(
        "mmpose", picture, List.of(Recordings.frame(picture, 0, 0, List.of(person))), folder);

    JsonNode instances = json("walk.mmpose.json");

    assertEquals(1, instances.size());
    assertEquals(1, instances.get(0).get("bbox").size());
    assertEquals(4, instances.get(0).get("bbox").get(0).size());
    assertFalse(instances.get(0).has("track_id"));
  }

  @Test
  void framesOfTheDemosCountFromOneAndTheirMetaIsOfTheKeypoints() throws IOException {
    Recording recording = Recordings.flat(BODY);
    Recordings.write(
        "mmpose-demo", recording, List.of(Recordings.frame(recording, 0, 0, List.of())), folder);

    JsonNode file = json("walk.mmpose-demo.json");

    assertEquals(1, file.get("instance_info").get(0).get("frame_id").asInt());
    assertEquals("nose", file.get("meta_info").get("keypoint_id2name").get("0").asText());
    assertEquals(17, file.get("meta_info").get("keypoint_colors").get("__ndarray__").size());
  }

  @Test
  void resultsOfWholeBodiesComeBackThroughTheEvaluationsReader() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    assertReadAgain(recording);
  }

  @Test
  void resultsOfBodiesComeBackThroughTheEvaluationsReader() throws IOException {
    assertReadAgain(Recordings.flat(BODY));
  }

  private void assertReadAgain(Recording recording) throws IOException {
    List<PoseFrame> frames = Recordings.random(recording, 5);
    Recordings.write("coco", recording, frames, folder);

    List<Prediction> read =
        Predictions.read(
            folder.resolve("walk.coco.json"),
            new Annotations(
                LongStream.range(0, 100)
                    .mapToObj(id -> new AnnotatedImage(id, "", 640, 480, null, null))
                    .toList(),
                List.of(),
                recording.keypointSet()),
            ScoringRules.DEFAULT,
            line -> {});

    List<PersonPose> people =
        frames.stream().flatMap(frame -> frame.result().persons().stream()).toList();
    assertEquals(people.size(), read.size());
    assertTrue(read.size() > 3);
    int at = 0;
    for (PoseFrame frame : frames) {
      for (PersonPose person : frame.result().persons()) {
        Prediction prediction = read.get(at++);
        assertEquals(frame.index(), prediction.imageId());
        for (int k = 0; k < person.size(); k++) {
          assertArrayEquals(
              new double[] {person.keypoints()[k][0], person.keypoints()[k][1], person.scores()[k]},
              Arrays.copyOfRange(prediction.keypoints(), 3 * k, 3 * k + 3),
              1e-4);
        }
      }
    }
  }

  @Test
  void openPosesBodyHasTheMiddlesThatWholeBodiesLack() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    PersonPose person = Recordings.person(recording, new Random(3)).withId(4);
    float[] scores = person.scores();
    Arrays.fill(scores, 0.5f);
    PersonPose seen =
        new PersonPose(person.bbox(), 1, person.keypoints(), person.keypoints3d(), scores)
            .withId(4);
    Recordings.write(
        "openpose",
        recording,
        List.of(Recordings.frame(recording, 12, 0.5, List.of(seen))),
        folder);

    JsonNode people = json("walk_json/walk_000000000012_keypoints.json").get("people");
    JsonNode body = people.get(0).get("pose_keypoints_2d");

    assertEquals(4, people.get(0).get("person_id").get(0).asInt());
    assertEquals(75, body.size());
    assertEquals(210, people.get(0).get("face_keypoints_2d").size());
    assertEquals(63, people.get(0).get("hand_left_keypoints_2d").size());
    assertEquals(84, people.get(0).get("hand_right_keypoints_3d").size());
    float[][] points = seen.keypoints();
    assertEquals((points[5][0] + points[6][0]) / 2, body.get(3).asDouble(), 1e-3);
    assertEquals((points[11][1] + points[12][1]) / 2, body.get(3 * 8 + 1).asDouble(), 1e-3);
    // OpenPose's right heel is the last of its body and the last foot of COCO-WholeBody.
    assertEquals(points[22][0], body.get(3 * 24).asDouble(), 1e-3);
    // The pupils, which nobody found.
    assertEquals(0, people.get(0).get("face_keypoints_2d").get(3 * 69 + 2).asDouble());
    assertEquals(
        seen.keypoints3d()[132][2],
        people.get(0).get("hand_right_keypoints_3d").get(4 * 20 + 2).asDouble(),
        1e-6);
  }

  @Test
  void bodiesWithoutFeetAreInOpenPosesOrderOf18() throws IOException {
    Recording recording = Recordings.flat(BODY);
    Recordings.write(
        "openpose",
        recording,
        List.of(
            Recordings.frame(
                recording, 0, 0, List.of(Recordings.person(recording, new Random(2))))),
        folder);

    JsonNode person = json("walk_json/walk_000000000000_keypoints.json").get("people").get(0);

    assertEquals(54, person.get("pose_keypoints_2d").size());
    assertEquals(0, person.get("pose_keypoints_3d").size());
    assertEquals(-1, person.get("person_id").get(0).asInt());
  }

  @Test
  void aFolderOfOpenPoseTakesThePlaceOfTheOneBefore() throws IOException {
    Recording recording = Recordings.flat(BODY);
    for (int index : new int[] {7, 9}) {
      Recordings.write(
          "openpose", recording, List.of(Recordings.frame(recording, index, 0, List.of())), folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("walk_json")), files.toList());
    }
    try (Stream<Path> files = Files.list(folder.resolve("walk_json"))) {
      assertEquals(
          List.of("walk_000000000009_keypoints.json"),
          files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() throws IOException {
    Recording recording = Recordings.flat(BODY);
    float[][] points = new float[17][2];
    points[3][1] = Float.NaN;
    PersonPose broken =
        new PersonPose(new Box(1, 2, 3, 4), 1, points, new float[0][], new float[17]);
    PoseFrame frame = Recordings.frame(recording, 0, 0, List.of(broken));
    for (String format : List.of("mmpose", "mmpose-demo", "coco")) {
      assertThrows(
          IOException.class, () -> Recordings.write(format, recording, List.of(frame), folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
