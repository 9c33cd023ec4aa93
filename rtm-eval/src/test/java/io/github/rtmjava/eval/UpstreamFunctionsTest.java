package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of mmpose's functions on made-up people; see the README beside the data. */
class UpstreamFunctionsTest {
  private static final double CLOSE = 1e-9;

  /** The torso reaches from keypoint 0 to 3; keypoint 2 is the root. */
  private static final KeypointSet SET =
      new KeypointSet(
          "six",
          Stream.of("left_shoulder", "left_elbow", "wrist", "right_hip", "nose", "left_ear")
              .map(name -> new KeypointSet.Point(name, KeypointSet.Point.UNKNOWN, 0.05f, 0))
              .toList(),
          List.of());

  private static final KeypointRange ALL = new KeypointRange("six", 0, 6);

  private JsonNode json = new ObjectMapper().nullNode();
  private final List<Annotation> people = new ArrayList<>();
  private final List<Prediction> guesses = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    json = new ObjectMapper().readTree(ReferenceToolsTest.resource("keypoints.json").toFile());
    for (int n = 0; n < json.get("gt").size(); n++) {
      double[] truth = new double[18];
      double[] guess = new double[18];
      double[][] truth3d = new double[6][];
      double[][] guess3d = new double[6][];
      for (int k = 0; k < 6; k++) {
        for (int axis = 0; axis < 2; axis++) {
          truth[3 * k + axis] = json.get("gt").get(n).get(k).get(axis).asDouble();
          guess[3 * k + axis] = json.get("pred").get(n).get(k).get(axis).asDouble();
        }
        truth[3 * k + 2] = 2 * json.get("mask").get(n).get(k).asDouble();
        truth3d[k] = numbers(json.get("gt3").get(n).get(k));
        guess3d[k] = numbers(json.get("pred3").get(n).get(k));
      }
      double[] size = numbers(json.get("box").get(n));
      people.add(
          new Annotation(
              n,
              1,
              Prediction.PERSON,
              new double[] {0, 0, size[0], size[1]},
              truth,
              null,
              false,
              null,
              null,
              Map.of(),
              truth3d,
              null));
      guesses.add(new Prediction(1, Prediction.PERSON, guess, 1, null, guess3d, (long) n));
    }
  }

  private static double[] numbers(JsonNode row) {
    double[] out = new double[row.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = row.get(i).asDouble();
    }
    return out;
  }

  private Annotations annotations() {
    return new Annotations(List.of(Made.image(1)), people, SET);
  }

  private double expected(String name) {
    return json.get(name).asDouble();
  }

  @Test
  void inThePicture() {
    KeypointAccuracy found =
        new KeypointEvaluator(ALL, SET, 0.05).evaluate(annotations(), guesses).orElseThrow();
    assertEquals(expected("pck05"), found.pck(), CLOSE);
    assertEquals(expected("tpck"), Objects.requireNonNull(found.pckTorso()), CLOSE);
    assertEquals(expected("auc"), found.auc(), CLOSE);
    assertEquals(expected("epe"), found.epe(), CLOSE);
  }

  @Test
  void withTheThresholdOfHands() {
    assertEquals(
        expected("pck20"),
        new KeypointEvaluator(ALL, SET, 0.2).evaluate(annotations(), guesses).orElseThrow().pck(),
        CLOSE);
  }

  @Test
  void inSpace() {
    JointErrors found =
        new JointEvaluator(ALL, SET, false).evaluate(annotations(), guesses).orElseThrow();
    assertEquals(1000 * expected("mpjpe"), found.mpjpe(), 1000 * CLOSE);
    assertEquals(1000 * expected("nmpjpe"), found.nMpjpe(), 1000 * CLOSE);
    assertEquals(1000 * expected("pampjpe"), found.paMpjpe(), 1000 * CLOSE);
  }

  @Test
  void someoneNotFoundCountsAsWrongInThePicture() {
    KeypointAccuracy all =
        new KeypointEvaluator(ALL, SET, 10).evaluate(annotations(), guesses).orElseThrow();
    assertEquals(1, all.pck(), CLOSE);
    KeypointAccuracy fewer =
        new KeypointEvaluator(ALL, SET, 10)
            .evaluate(annotations(), guesses.subList(1, guesses.size()))
            .orElseThrow();
    assertEquals(people.size(), fewer.people());
    assertEquals(people.size() - 1, fewer.found());
    double sum = 0;
    for (int k = 0; k < 6; k++) {
      int keypoint = k;
      double annotated = people.stream().filter(p -> p.isAnnotated(keypoint)).count();
      sum += 1 - (people.get(0).isAnnotated(k) ? 1 / annotated : 0);
    }
    assertEquals(sum / 6, fewer.pck(), CLOSE);
  }
}
