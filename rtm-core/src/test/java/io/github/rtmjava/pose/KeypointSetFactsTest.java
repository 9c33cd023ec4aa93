package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Facts of data sets; of CrowdPose and LaPa as mmpose 759b39c1 has them, configs/_base_/datasets.
 */
class KeypointSetFactsTest {
  private static final KeypointSet CROWDPOSE = KeypointSet.of("crowdpose", 14);
  private static final KeypointSet LAPA = KeypointSet.of("lapa", 106);

  @ParameterizedTest
  @CsvSource({
    "coco, 17",
    "crowdpose, 14",
    "halpe26, 26",
    "coco_wholebody_hand, 21",
    "lapa, 106",
    "coco_wholebody, 133"
  })
  void mirroringTwiceChangesNothing(String name, int size) {
    KeypointSet set = KeypointSet.of(name, size);
    for (int i = 0; i < size; i++) {
      KeypointSet.Point point = set.points().get(i);
      assertEquals(i, set.points().get(point.flipped()).flipped(), point.name());
      assertTrue(point.sigma() > 0, point.name());
      String mirrored = set.points().get(point.flipped()).name();
      // Points of faces are numbered: their names do not say the side.
      assertTrue(size > 100 || sideless(point.name()).equals(sideless(mirrored)), point.name());
    }
  }

  @Test
  void crowdPosesPointsAreUpstreams() {
    assertEquals(
        List.of(
            "left_shoulder",
            "right_shoulder",
            "left_elbow",
            "right_elbow",
            "left_wrist",
            "right_wrist",
            "left_hip",
            "right_hip",
            "left_knee",
            "right_knee",
            "left_ankle",
            "right_ankle",
            "top_head",
            "neck"),
        CROWDPOSE.points().stream().map(KeypointSet.Point::name).toList());
    assertEquals(
        "1 0 3 2 5 4 7 6 9 8 11 10 12 13", numbers(CROWDPOSE.points(), KeypointSet.Point::flipped));
    assertEquals(
        "79 79 72 72 62 62 107 107 87 87 89 89 79 79",
        numbers(CROWDPOSE.points(), point -> Math.round(1000 * point.sigma())));
    assertEquals(
        "3399ff 3399ff 3399ff 3399ff 3399ff 00ff00 ff8000 00ff00 ff8000 00ff00 ff8000 00ff00 ff8000"
            + " 00ff00",
        CROWDPOSE.points().stream()
            .map(point -> colour(point.rgb()))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void crowdPosesSkeletonIsUpstreams() {
    assertEquals(
        "10-8 8-6 11-9 9-7 6-7 0-6 1-7 0-1 0-2 1-3 2-4 3-5 12-13 1-13 0-13",
        CROWDPOSE.links().stream()
            .map(link -> link.from() + "-" + link.to())
            .collect(Collectors.joining(" ")));
    assertEquals(
        "00ff00 00ff00 ff8000 ff8000 3399ff 3399ff 3399ff 3399ff 00ff00 ff8000 00ff00 ff8000 3399ff"
            + " 3399ff 3399ff",
        CROWDPOSE.links().stream()
            .map(link -> colour(link.rgb()))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void laPasPointsAreUpstreams() {
    assertEquals(
        IntStream.range(0, 106).mapToObj(i -> "kpt-" + i).toList(),
        LAPA.points().stream().map(KeypointSet.Point::name).toList());
    // The outline of the face, brows, bridge and tip of the nose, eyes, mouth, pupils.
    assertEquals(
        "32 31 30 29 28 27 26 25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0"
            + " 46 45 44 43 42 50 49 48 47 37 36 35 34 33 41 40 39 38 51 52 53 54 65 64 63 62 61 60"
            + " 59 58 57 56 55 79 78 77 76 75 82 81 80 83 70 69 68 67 66 73 72 71 74 90 89 88 87 86"
            + " 85 84 95 94 93 92 91 100 99 98 97 96 103 102 101 105 104",
        numbers(LAPA.points(), KeypointSet.Point::flipped));
    assertTrue(LAPA.points().stream().allMatch(point -> point.rgb() == 0xff0000));
    assertEquals(List.of(), LAPA.links());
  }

  private static String sideless(String name) {
    return name.replaceFirst("left|right", "side");
  }

  private static String numbers(
      List<KeypointSet.Point> points, ToIntFunction<KeypointSet.Point> number) {
    return points.stream()
        .map(point -> Integer.toString(number.applyAsInt(point)))
        .collect(Collectors.joining(" "));
  }

  private static String colour(int rgb) {
    return String.format(Locale.ROOT, "%06x", rgb);
  }
}
