package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of pycocotools and xtcocotools on made-up data; see the README beside it. */
class ReferenceToolsTest {
  private static final double CLOSE = 1e-9;

  /** Sigmas of CrowdPose. */
  private static final double[] CROWD_POSE = {
    0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089, 0.079, 0.079
  };

  @ParameterizedTest
  @ValueSource(strings = {"coco-a", "coco-b"})
  void pycocotools(String name) throws IOException {
    Annotations annotations = annotations(name);
    assertEquals("coco", annotations.keypointSet().name());
    KeypointRange all = KeypointRange.of(annotations.keypointSet()).get(0);
    assertSame(
        expected(name, "coco"),
        new OksEvaluator(
                all, KeypointSets.sigmas(annotations.keypointSet()), OksRules.of(annotations))
            .evaluate(annotations, results(name, annotations)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "foot", "face", "lefthand", "righthand", "wholebody"})
  void xtcocotoolsOnWholeBodies(String part) throws IOException {
    Annotations annotations = annotations("wholebody");
    KeypointRange range =
        KeypointRange.of(annotations.keypointSet()).stream()
            .filter(candidate -> candidate.name().equals(part))
            .findFirst()
            .orElseThrow();
    assertSame(
        expected("wholebody", part),
        new OksEvaluator(
                range, KeypointSets.sigmas(annotations.keypointSet()), OksRules.of(annotations))
            .evaluate(annotations, results("wholebody", annotations)));
  }

  @Test
  void xtcocotoolsOnCrowds() throws IOException {
    Annotations annotations = annotations("crowdpose");
    List<Prediction> results = results("crowdpose", annotations);
    OksEvaluator evaluator =
        new OksEvaluator(
            new KeypointRange("crowdpose", 0, 14), CROWD_POSE, OksRules.of(annotations));
    AveragePrecision found = evaluator.evaluate(annotations, results);
    JsonNode expected = expected("crowdpose", "crowdpose");
    double[] figures = {
      found.ap(), found.ap50(), found.ap75(), found.ar(), found.ar50(), found.ar75()
    };
    for (int i = 0; i < figures.length; i++) {
      assertEquals(expected.get(i).asDouble(), figures[i], CLOSE, "figure " + i);
    }
    List<CrowdBand> bands = List.of(CrowdBand.EASY, CrowdBand.MEDIUM, CrowdBand.HARD);
    for (int i = 0; i < bands.size(); i++) {
      assertEquals(
          expected.get(6 + i).asDouble(),
          evaluator.evaluate(bands.get(i).of(annotations), results).ap(),
          5e-5,
          bands.get(i).toString());
    }
  }

  private static void assertSame(JsonNode expected, AveragePrecision found) {
    double[] figures = {
      found.ap(), found.ap50(), found.ap75(), found.apMedium(), found.apLarge(),
      found.ar(), found.ar50(), found.ar75(), found.arMedium(), found.arLarge()
    };
    assertEquals(figures.length, expected.size());
    for (int i = 0; i < figures.length; i++) {
      assertEquals(expected.get(i).asDouble(), figures[i], CLOSE, "figure " + i);
    }
  }

  private static Annotations annotations(String name) throws IOException {
    return Made.annotations(resource(name + "-annotations.json"));
  }

  private static List<Prediction> results(String name, Annotations annotations) throws IOException {
    return Made.results(resource(name + "-results.json"), annotations);
  }

  private static JsonNode expected(String name, String kind) throws IOException {
    return new ObjectMapper().readTree(resource("expected.json").toFile()).get(name).get(kind);
  }

  static Path resource(String name) {
    URL url = Objects.requireNonNull(ReferenceToolsTest.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
