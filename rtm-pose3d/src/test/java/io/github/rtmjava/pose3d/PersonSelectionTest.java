package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonSelectionTest {
  private static final Detection SURE = new Detection(new Box(0, 0, 10, 10), 0.9f, 0);
  private static final Detection LARGE = new Detection(new Box(0, 0, 30, 30), 0.5f, 0);
  private static final Detection DOUBTFUL = new Detection(new Box(0, 0, 90, 90), 0.3f, 0);
  private static final List<Detection> ALL = List.of(SURE, LARGE, DOUBTFUL);

  @Test
  void theRecommendedThresholdCountsUnlessOneIsGiven() {
    assertEquals(ALL.subList(0, 2), select(ALL, PoseOptions.DEFAULT, 0.3f));
    assertEquals(List.of(SURE), select(ALL, options(0.5f, 9, false), 0.1f));
  }

  @Test
  void aScoreEqualToTheThresholdIsNotAbove() {
    assertEquals(List.of(SURE), select(ALL, options(0.5f, 9, false), 0.3f));
  }

  @Test
  void theBestAreKept() {
    assertEquals(List.of(SURE), select(ALL, options(0f, 1, false), 0.3f));
  }

  @Test
  void aSinglePersonHasTheLargestAreaTimesScoreAboveTheThreshold() {
    assertEquals(List.of(LARGE), select(ALL, options(0.4f, 9, true), 0.3f));
    assertEquals(List.of(DOUBTFUL), select(ALL, options(0.1f, 9, true), 0.3f));
    assertEquals(List.of(), select(List.of(), options(0.1f, 9, true), 0.3f));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> options(1.5f, 9, false));
    assertThrows(IllegalArgumentException.class, () -> options(0.5f, 0, false));
    Camera camera = Camera.nominal(640, 480);
    assertThrows(
        IllegalArgumentException.class,
        () -> new PoseOptions(null, null, 9, false, camera, null, Compat.RTMPOSE3D));
  }

  private static List<Detection> select(
      List<Detection> found, PoseOptions options, float recommended) {
    return PersonSelection.select(found, d -> d, options, recommended);
  }

  private static PoseOptions options(float threshold, int maxPersons, boolean single) {
    return new PoseOptions(threshold, null, maxPersons, single, null, null, Compat.NONE);
  }
}
