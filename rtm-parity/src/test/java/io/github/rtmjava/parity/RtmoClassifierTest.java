package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose3d.rtmo.CoordinateClassifier;
import io.github.rtmjava.pose3d.rtmo.PoseCandidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RTMO's coordinate classifier on upstream's own vectors, boxes and cells, on every engine that can
 * run here: all people of a picture as one batch, and one by one.
 */
class RtmoClassifierTest {
  private static final double PIXELS = 0.01;

  /**
   * A share of the enlarged box: made-up weights make heatmaps of several peaks far from each
   * other, between which a coordinate moves with the last bits of a sum.
   */
  private static final double OF_BOX = 2e-5;

  @ParameterizedTest
  @ValueSource(strings = {"rtmo-t_body7_416", "rtmo-s_body7_640", "rtmo-m_body7_640"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    Codec.Dcc codec = (Codec.Dcc) model.spec().codec();
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CoordinateClassifier classifier =
            CoordinateClassifier.of(
                model, codec, Runners.immediate(engine, EngineOptions.DEFAULT))) {
          for (int i = 0; i < golden.cases(); i++) {
            check(engine.name() + " " + name + " case " + i, golden, i, classifier, codec);
          }
        }
      }
    }
  }

  /** Where upstream's float32 is up to 0.012 pixels off, ours is to be nearer. */
  @ParameterizedTest
  @ValueSource(strings = {"rtmo-t_body7_416", "rtmo-s_body7_640", "rtmo-m_body7_640"})
  void isNearToWhatDoublePrecisionGives(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    Codec.Dcc codec = (Codec.Dcc) model.spec().codec();
    List<PoseCandidate> candidates = candidates(golden, 0, codec.padding());
    List<float[][]> exact = keypoints(model, codec, new ReferenceEngine(), candidates);
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        List<float[][]> found = keypoints(model, codec, engine, candidates);
        for (int i = 0; i < exact.size(); i++) {
          for (int k = 0; k < exact.get(i).length; k++) {
            assertArrayEquals(exact.get(i)[k], found.get(i)[k], (float) PIXELS, engine.name());
          }
        }
      }
    }
  }

  private static List<float[][]> keypoints(
      Model model, Codec.Dcc codec, Engine engine, List<PoseCandidate> candidates)
      throws IOException {
    try (CoordinateClassifier classifier =
        CoordinateClassifier.of(model, codec, Runners.immediate(engine, EngineOptions.DEFAULT))) {
      return classifier.keypoints(candidates);
    }
  }

  private static void check(
      String what, Golden golden, int index, CoordinateClassifier classifier, Codec.Dcc codec) {
    List<PoseCandidate> candidates = candidates(golden, index, codec.padding());
    float[] expected = golden.floats(index, "dcc_kpts");
    float[] boxes = golden.floats(index, "bbox_cs");
    assertKeypoints(what, expected, boxes, classifier.keypoints(candidates));
    List<float[][]> alone = new ArrayList<>();
    for (PoseCandidate candidate : candidates) {
      alone.addAll(classifier.keypoints(List.of(candidate)));
    }
    assertKeypoints(what + " one by one", expected, boxes, alone);
  }

  private static List<PoseCandidate> candidates(Golden golden, int index, float padding) {
    float[] boxes = golden.floats(index, "bbox_cs");
    float[] cells = golden.floats(index, "grids");
    float[] vectors = golden.floats(index, "pose_vecs");
    int people = cells.length / 2;
    int size = vectors.length / people;
    List<PoseCandidate> candidates = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      float x = boxes[4 * i];
      float y = boxes[4 * i + 1];
      float halfWidth = boxes[4 * i + 2] / padding / 2;
      float halfHeight = boxes[4 * i + 3] / padding / 2;
      candidates.add(
          new PoseCandidate(
              new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
              1,
              cells[2 * i],
              cells[2 * i + 1],
              new float[0],
              Arrays.copyOfRange(vectors, i * size, (i + 1) * size)));
    }
    return candidates;
  }

  private static void assertKeypoints(
      String what, float[] expected, float[] boxes, List<float[][]> found) {
    int at = 0;
    for (int i = 0; i < found.size(); i++) {
      for (float[] keypoint : found.get(i)) {
        for (int axis = 0; axis < 2; axis++) {
          double difference = Math.abs(keypoint[axis] - expected[at]);
          double extent = boxes[4 * i + 2 + axis];
          assertEquals(0, difference, Math.max(PIXELS, OF_BOX * extent), what);
          at++;
        }
      }
    }
    assertEquals(expected.length, at, what);
  }
}
