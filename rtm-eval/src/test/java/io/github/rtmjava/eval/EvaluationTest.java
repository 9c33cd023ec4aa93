package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void worksAsTheDocsShow() throws IOException {
    Annotations annotations =
        Made.annotations(ReferenceToolsTest.resource("coco-a-annotations.json"));
    List<Prediction> results =
        Made.results(ReferenceToolsTest.resource("coco-a-results.json"), annotations);
    List<Figures> tables = new Evaluation(annotations, results).tables(Set.of(Metric.AP), null);
    assertEquals(1, tables.size());
    assertEquals("coco", tables.get(0).rows().get(0).part());
    assertEquals(Set.of(Metric.AP), Metric.usual(annotations, results));
  }

  @Test
  void unknownSigmasAreRefused() {
    Annotation person = Made.person(1, new double[] {0, 0, 9, 9}, 9, 1, 1, 2, 2, 2, 2);
    Annotations annotations =
        new Annotations(List.of(Made.image(1)), List.of(person), KeypointSets.bySize(2));
    Evaluation evaluation = new Evaluation(annotations, List.of());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluation.tables(EnumSet.of(Metric.AP), null))
            .getMessage();
    assertTrue(message.contains("--keypoints"), message);
    assertEquals(Set.of(Metric.PCK), Metric.usual(annotations, List.of()));
  }

  @Test
  void facesAreNormalisedByTheirEyes() {
    double[] truth = new double[3 * 133];
    double[] guess = new double[3 * 133];
    for (int k = 23; k < 91; k++) {
      truth[3 * k] = k;
      truth[3 * k + 1] = 50;
      truth[3 * k + 2] = 2;
      guess[3 * k] = k;
      guess[3 * k + 1] = 53;
    }
    Annotation person =
        new Annotation(
            1,
            1,
            Prediction.PERSON,
            new double[] {0, 0, 100, 100},
            truth,
            null,
            false,
            null,
            null,
            Map.of("face", new Annotation.Part(new double[] {20, 40, 50, 40}, true)),
            new double[0][],
            null);
    Annotations annotations =
        new Annotations(List.of(Made.image(1)), List.of(person), KeypointSets.bySize(133));
    KeypointAccuracy face =
        new KeypointEvaluator(
                KeypointRange.of(annotations.keypointSet()).get(2),
                annotations.keypointSet(),
                3.01 / 50)
            .evaluate(annotations, List.of(Made.guessOf(1, guess)))
            .orElseThrow();
    // The corners of the eyes, 36 and 45 of the face, are nine pixels apart.
    assertEquals(3 / 9.0, face.nme() == null ? Double.NaN : face.nme(), 1e-12);
    assertEquals(1, face.pck(), "3 pixels of a box of 50");
  }
}
