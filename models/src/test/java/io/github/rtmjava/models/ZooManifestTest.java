package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Task;
import io.github.rtmjava.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    "rtmdet-m, rtmdet_m_8xb32-100e_coco-obj365-person-235e8209.pth, 640x640, 62.5",
    "rtmdet-nano, rtmdet_nano_8xb32-100e_coco-obj365-person-05d8511e.pth, 320x320, 40.3",
    "rtmdet-nano-hand, rtmdet_nano_8xb32-300e_hand-267f9c8f.pth, 320x320, 76.0",
    "rtmdet-tiny-coco, rtmdet_tiny_8xb32-300e_coco_20220902_112414-78e30dcc.pth, 640x640, 41.1",
    "rtmdet-s-coco, rtmdet_s_8xb32-300e_coco_20220905_161602-387a891e.pth, 640x640, 44.6",
    "rtmdet-m-coco, rtmdet_m_8xb32-300e_coco_20220719_112220-229f527c.pth, 640x640, 49.4",
    "rtmdet-l-coco, rtmdet_l_8xb32-300e_coco_20220719_112030-5a0be7c4.pth, 640x640, 51.5",
    "rtmdet-x-coco, rtmdet_x_8xb32-300e_coco_20220715_230555-cc79b9ae.pth, 640x640, 52.8",
    "rtmw3d-l, rtmw3d-l_8xb64_cocktail14-384x288-794dbc78_20240626.pth, 288x384, 0.678",
    "rtmw3d-x, rtmw3d-x_8xb64_cocktail14-384x288-b0a0eab7_20240626.pth, 288x384, 0.68"
  })
  void factsAreUpstreams(String name, String file, String input, double firstFigure) {
    ZooEntry entry = find(name);
    assertEquals(file, entry.file());
    assertEquals(input, entry.input().toString());
    assertEquals(firstFigure, entry.figures().get(0).value());
    assertTrue(file.contains("-" + entry.sha256()), entry.sha256());
  }

  @ParameterizedTest
  @CsvSource({
    "rtmdet_m_640-8xb32_coco-person, rtmdet-m",
    "rtmdet_nano_320-8xb32_coco-person.py, rtmdet-nano",
    "rtmdet_nano_320-8xb32_hand, rtmdet-nano-hand",
    "rtmdet_l_8xb32-300e_coco, rtmdet-l-coco",
    "rtmw3d-l_8xb64_cocktail14-384x288, rtmw3d-l",
    "rtmw3d-x_8xb32_cocktail14-384x288, rtmw3d-x",
    "rbarac/rtmpose3d, rtmw3d-l",
    "rbarac/rtmpose3d:l, rtmw3d-l",
    "rbarac/rtmpose3d:x, rtmw3d-x"
  })
  void usersNamesLeadToTheirFiles(String reference, String name) {
    assertEquals(name, find(reference).name());
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
    assertFalse(entry.figures().isEmpty());
    assertTrue(entry.figures().stream().noneMatch(figure -> figure.source().isBlank()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void addressesAreThoseThatWereGathered(ZooEntry entry) throws IOException {
    String facts = Files.readString(SharedData.path("reference/CHECKPOINTS.md"));
    String row =
        facts
            .lines()
            .filter(l -> l.startsWith("|") && l.contains(entry.file()))
            .findFirst()
            .orElseThrow();
    assertTrue(row.contains("| " + entry.sha256() + " |"), row);
    assertTrue(
        row.contains(entry.input().height() + "x" + entry.input().width())
            || row.contains(entry.input().toString()),
        row);
    String first = entry.urls().get(0).toString();
    String base = first.substring(0, first.length() - entry.file().length());
    assertTrue(row.contains(first) || facts.contains(base) || facts.contains(tail(base)), first);
  }

  @ParameterizedTest
  @MethodSource("models")
  void poseModelsNameADetectorAndDetectorsAThreshold(ZooEntry entry) {
    if (entry.task() == Task.DETECTION) {
      assertNull(entry.detector());
      assertEquals(0.3f, entry.threshold());
    } else {
      assertEquals("rtmdet-m", entry.detector());
      assertNull(entry.threshold());
    }
  }

  @Test
  void aSlipInTheManifestIsFound() throws IOException {
    assertRefused("'rtmdet-s' names both", s -> s.replace("\"rtmdet-tiny\"", "\"rtmdet-s\""));
    assertRefused(
        "there is no detector",
        s -> s.replace("\"detector\": \"rtmdet-m\"", "\"detector\": \"q\""));
    assertRefused("licence", s -> s.replaceFirst("\"licence\": \"Apache-2.0\",", ""));
    assertRefused(
        "Unrecognized", s -> s.replaceFirst("\"licence\"", "\"license\": \"x\", \"licence\""));
    assertRefused(
        "hexadecimal", s -> s.replace("\"sha256\": \"794dbc78\"", "\"sha256\": \"794dbcXX\""));
    assertRefused("a plain file name", s -> s.replace("\"file\": \"", "\"file\": \"../"));
    assertRefused("of version 2", s -> s.replaceFirst("\"version\": 1", "\"version\": 2"));
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

  /** The facts abbreviate the common beginning of some addresses. */
  private static String tail(String base) {
    return "…" + base.substring(base.indexOf("/v1/"));
  }

  private static ZooEntry find(String reference) {
    return MODELS.stream()
        .filter(entry -> entry.references().anyMatch(reference::equals))
        .findFirst()
        .orElseThrow();
  }
}
