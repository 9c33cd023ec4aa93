package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The pictures that come with the program, and what is in them. */
final class Scenes {
  static final Path FOLDER = Path.of("..", "samples");
  static final List<String> NAMES = List.of("scene_03.png", "scene_05.png", "scene_11.png");

  /** Tasks have one thread, and others sum in other orders. */
  private static final PoseConfig ONE_THREAD =
      PoseConfig.of("default").withEngine("auto", EngineOptions.DEFAULT.withThreads(1));

  /** What the library finds by itself, as {@code rtm infer --threads 1} does. */
  private static final Map<String, PoseResult> EXPECTED = new TreeMap<>();

  private Scenes() {}

  static synchronized PoseResult expected(String name) throws IOException {
    if (EXPECTED.isEmpty()) {
      try (PoseInferencer inferencer = ONE_THREAD.open()) {
        inferencer
            .infer(FOLDER.toString())
            .forEach(
                found ->
                    EXPECTED.put(found.picture().fileName(), ((Inference.Found) found).result()));
      }
    }
    return EXPECTED.get(name);
  }

  /** Keypoints in pixels bit by bit, everything else but for the last bits, nothing lost. */
  static void assertSame(PoseResult expected, Row row) {
    assertSame(expected, row, 0);
  }

  /** Of pictures that went through the networks in other batches, which sum in other orders. */
  static void assertAlike(PoseResult expected, Row row) {
    assertSame(expected, row, 1e-3f);
  }

  private static void assertSame(PoseResult expected, Row row, float pixels) {
    assertNull(row.getAs("error"));
    assertEquals(expected.width(), row.<Integer>getAs("width_px"));
    assertEquals(expected.height(), row.<Integer>getAs("height_px"));
    assertEquals(expected.model(), row.getAs("model"));
    assertEquals(expected.keypointSet().name(), row.getAs("keypoint_set"));
    List<Row> people = row.getList(row.fieldIndex("people"));
    assertEquals(expected.size(), people.size());
    assertTrue(people.size() > 0);
    for (int i = 0; i < people.size(); i++) {
      PersonPose person = expected.persons().get(i);
      Row box = people.get(i).getStruct(people.get(i).fieldIndex("bbox"));
      for (int j = 0; j < 4; j++) {
        assertEquals(person.bbox().toArray()[j], box.getFloat(j), 1e-2f);
      }
      assertEquals(person.bboxScore(), people.get(i).<Float>getAs("bbox_score"), 1e-4f);
      List<Row> points = people.get(i).getList(people.get(i).fieldIndex("keypoints"));
      for (int k = 0; k < person.size(); k++) {
        Row point = points.get(k);
        assertEquals(expected.keypointNames().get(k), point.getAs("keypoint"));
        assertEquals(person.keypoints()[k][0], point.<Float>getAs("x_px"), pixels);
        assertEquals(person.keypoints()[k][1], point.<Float>getAs("y_px"), pixels);
        assertEquals(person.scores()[k], point.<Float>getAs("score"), 1e-4f);
        assertEquals(person.visibilities()[k], point.<Float>getAs("visibility"), 1e-4f);
        assertEquals(person.keypoints3d()[k][0], point.<Float>getAs("x_m"), 1e-4f);
        assertEquals(person.keypoints3d()[k][1], point.<Float>getAs("y_m"), 1e-4f);
        assertEquals(person.keypoints3d()[k][2], point.<Float>getAs("z_m"), 1e-4f);
      }
    }
  }
}
