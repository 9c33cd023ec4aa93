package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeypointSetTest {

  @ParameterizedTest
  @CsvSource({
    "coco, 17, 19, 1",
    "coco_wholebody_hand, 21, 20, 21",
    "halpe26, 26, 27, 4",
    "lapa, 106, 0, 10",
    "coco_wholebody, 133, 65, 11"
  })
  void mirroringTwiceChangesNothing(String dataset, int size, int links, int fixed) {
    KeypointSet set = KeypointSet.of(dataset, size);
    assertNotEquals("keypoint_0", set.points().get(0).name());
    assertEquals(links, set.links().size());
    int unmoved = 0;
    for (int i = 0; i < size; i++) {
      int flipped = set.points().get(i).flipped();
      assertEquals(i, set.points().get(flipped).flipped());
      unmoved += flipped == i ? 1 : 0;
    }
    assertEquals(fixed, unmoved);
  }
}
