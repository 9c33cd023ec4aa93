package io.github.rtmjava.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A rendered picture with its exact ground truth. */
record Scene(
    String name, Image image, double fx, double fy, double cx, double cy, List<Person> people) {

  /** A person's truth: pixels, metres in the camera's frame. */
  record Person(Box box, double rootDepth, float[][] keypoints, float[][] keypoints3d) {}

  /** Every scene of a folder, by name. */
  static List<Scene> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Scene> scenes = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        scenes.add(of(file));
      }
      return scenes;
    }
  }

  Camera camera(double rootDepth) {
    return new Camera(fx, fy, cx, cy, rootDepth);
  }

  private static Scene of(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    JsonNode camera = json.get("camera");
    List<Person> people = new ArrayList<>();
    for (JsonNode person : json.get("people")) {
      float[] box = row(person.get("bbox"));
      people.add(
          new Person(
              new Box(box[0], box[1], box[2], box[3]),
              person.get("root_z_m").asDouble(),
              rows(person.get("keypoints")),
              rows(person.get("keypoints_3d_camera_m"))));
    }
    String image = json.get("image").asText();
    return new Scene(
        image,
        Images.read(file.resolveSibling(image)),
        camera.get("f").get(0).asDouble(),
        camera.get("f").get(1).asDouble(),
        camera.get("c").get(0).asDouble(),
        camera.get("c").get(1).asDouble(),
        people);
  }

  private static float[][] rows(JsonNode array) {
    float[][] rows = new float[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(array.get(i));
    }
    return rows;
  }

  private static float[] row(JsonNode array) {
    float[] row = new float[array.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) array.get(i).asDouble();
    }
    return row;
  }
}
