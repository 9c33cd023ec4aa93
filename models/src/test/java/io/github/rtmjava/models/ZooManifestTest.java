package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.KeypointSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZooManifestTest {
  private static final List<ZooEntry> MODELS = ZooManifest.official().models();

  static Stream<ZooEntry> models() {
    return MODELS.stream();
  }

  @ParameterizedTest
  @CsvSource({
    "rtmdet-m, 62.5",
    "rtmdet-nano, 40.3",
    "rtmdet-nano-hand, 76.0",
    "rtmdet-tiny-coco, 41.1",
    "rtmdet-x-coco, 52.8",
    "rtmpose-t-body17-256x192, 65.9",
    "rtmpose-m-body17-256x192, 74.9",
    "rtmpose-x-body17-384x288, 78.8",
    "rtmpose-m-body26-256x192, 94.75",
    "rtmpose-m-hand, 96.4",
    "rtmpose-m-face, 1.44",
    "rtmw-m-256x192, 58.2",
    "rtmw-l-384x288, 70.1",
    "rtmw-x-384x288, 70.2",
    "dwpose-t-256x192, 48.5",
    "dwpose-l-384x288, 66.5",
    "rtmpose-m-wholebody-256x192, 58.2",
    "rtmo-t-body7, 57.4",
    "rtmo-l-body7, 74.8",
    "rtmo-l-coco, 72.4",
    "rtmo-l-body7-crowdpose, 83.8",
    "rtmw3d-l, 0.678",
    "rtmw3d-x, 0.68",
    "internet-r50, 11.59",
    "internet-r50-2023, 11.86"
  })
  void theFirstFigureIsTheOneThatModelsAreComparedBy(String name, double value) {
    assertEquals(value, find(name).figures().get(0).value());
  }

  @ParameterizedTest
  @MethodSource("models")
  void addressesEndWithTheFile(ZooEntry entry) {
    entry
        .urls()
        .forEach(
            url -> {
              assertEquals("https", url.getScheme());
              assertEquals("download.openmmlab.com", url.getHost());
              assertTrue(url.getPath().endsWith("/" + entry.file()), url.toString());
            });
    assertEquals("Apache-2.0", entry.licence());
    assertTrue(entry.sha256().isEmpty() || entry.file().matches(".*[-_]" + entry.sha256() + ".*"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatFindsPeopleItselfNeedsNoDetector(ZooEntry entry) {
    boolean givenBoxes = entry.detector() != null;
    switch (entry.group()) {
      case DETECTION -> {
        assertFalse(givenBoxes);
        assertEquals(0.3f, entry.threshold());
      }
      case FACE, HAND3D -> assertFalse(givenBoxes || entry.oneStage());
      case HAND -> assertEquals("rtmdet-nano-hand", entry.detector());
      default -> {
        assertEquals(entry.architecture().equals("rtmo"), entry.oneStage());
        assertEquals(entry.oneStage() ? null : "rtmdet-m", entry.detector());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void keypointsHaveNames(ZooEntry entry) {
    String keypoints = entry.keypoints();
    int size =
        switch (entry.group()) {
          case DETECTION, HAND3D -> 0;
          case BODY14 -> 14;
          case BODY17 -> 17;
          case BODY26 -> 26;
          case HAND -> 21;
          case FACE -> 106;
          case WHOLEBODY, WHOLEBODY3D -> 133;
        };
    if (size > 0) {
      KeypointSet set = KeypointSet.of(String.valueOf(keypoints), size);
      assertFalse(set.points().get(0).name().startsWith("keypoint_"), keypoints);
    }
    assertEquals(entry.task() == Task.DETECTION, keypoints == null);
  }

  @Test
  void aSlipInTheManifestIsFound() throws IOException {
    assertRefused("'rtmdet-s' names both", s -> s.replace("\"rtmdet-tiny\"", "\"rtmdet-s\""));
    assertRefused(
        "there is no detector",
        s -> s.replaceFirst("\"detector\": \"rtmdet-m\"", "\"detector\": \"q\""));
    assertRefused(
        "there is no detector",
        s -> s.replaceFirst("\"detector\": \"rtmdet-m\"", "\"detector\": \"rtmw3d-l\""));
    assertRefused("licence", s -> s.replaceFirst("\"licence\": \"Apache-2.0\",", ""));
    assertRefused(
        "Unrecognized", s -> s.replaceFirst("\"licence\"", "\"license\": \"x\", \"licence\""));
    assertRefused(
        "hexadecimal", s -> s.replace("\"sha256\": \"794dbc78\"", "\"sha256\": \"794dbcXX\""));
    assertRefused("a plain file name", s -> s.replace("\"file\": \"", "\"file\": \"../"));
    assertRefused("of version 2", s -> s.replaceFirst("\"version\": 1", "\"version\": 2"));
    assertRefused("a known data set", s -> s.replaceFirst("\"lapa\"", "\"lip\""));
    assertRefused(
        "there are two recipes", s -> s.replace("\"wholebody:balanced\"", "\"body:balanced\""));
    assertRefused("there is no model", s -> s.replaceAll("\"model\": \"rtmw-m", "\"model\": \"x"));
    assertRefused("expected an alias of", s -> s.replaceFirst("\"human\", ", ""));
    assertRefused("a recipe's name", s -> s.replace("\"body26:balanced\"", "\"Body26\""));
  }

  private static void assertRefused(String expected, UnaryOperator<String> slip)
      throws IOException {
    try (InputStream in = ZooManifest.class.getResourceAsStream("zoo.json")) {
      String good = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String bad = slip.apply(good);
      assertFalse(bad.equals(good), expected);
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  ZooManifest.read(new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8))));
      assertTrue(e.getMessage().contains(expected), e.getMessage());
    }
  }

  private static ZooEntry find(String reference) {
    return MODELS.stream()
        .filter(entry -> entry.references().anyMatch(reference::equals))
        .findFirst()
        .orElseThrow();
  }
}
