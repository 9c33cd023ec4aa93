package io.github.rtmjava.output.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rendered scenes' ground truth as if a model had found it. */
final class Scenes {
  static final KeypointSet WHOLE_BODY = KeypointSet.of("coco_wholebody", 133);

  private Scenes() {}

  /** Everybody in a scene's description. */
  static PoseResult read(Path json) throws IOException {
    JsonNode scene = new ObjectMapper().readTree(json.toFile());
    List<PersonPose> persons = new ArrayList<>();
    for (JsonNode person : scene.get("people")) {
      float[] box = row(person.get("bbox"));
      float[] scores = new float[WHOLE_BODY.size()];
      Arrays.fill(scores, 0.9f);
      persons.add(
          new PersonPose(
              new Box(box[0], box[1], box[2], box[3]),
              0.95f,
              rows(person.get("keypoints")),
              rows(person.get("keypoints_3d_camera_m")),
              scores));
    }
    return result(scene.get("width").asInt(), scene.get("height").asInt(), persons);
  }

  static PoseResult result(int width, int height, List<PersonPose> persons) {
    return new PoseResult(width, height, "made-up", Frame3d.CAMERA, WHOLE_BODY, persons);
  }

  /** Somebody whose keypoints all lie at one place, except where the caller puts them. */
  static PersonPose person(float[][] keypoints, float[] scores) {
    float[][] xyz = new float[keypoints.length][3];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = new float[] {keypoints[i][0] / 200, keypoints[i][1] / 200, 3};
    }
    return new PersonPose(new Box(20, 20, 180, 180), 0.5f, keypoints, xyz, scores);
  }

  private static float[][] rows(JsonNode node) {
    float[][] rows = new float[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(node.get(i));
    }
    return rows;
  }

  private static float[] row(JsonNode node) {
    float[] row = new float[node.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) node.get(i).asDouble();
    }
    return row;
  }
}
