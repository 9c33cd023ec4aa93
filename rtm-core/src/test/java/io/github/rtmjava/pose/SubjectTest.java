package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
  @ParameterizedTest
  @CsvSource({
    "coco, 17, PEOPLE",
    "crowdpose, 14, PEOPLE",
    "halpe26, 26, PEOPLE",
    "coco_wholebody, 133, PEOPLE",
    "coco_wholebody_hand, 21, HANDS",
    "interhand3d, 42, OTHERS",
    "lapa, 106, OTHERS",
    "nobody_knows, 12, PEOPLE"
  })
  void knownSets(String name, int size, Subject subject) {
    assertEquals(subject, Subject.of(KeypointSet.of(name, size)));
  }

  @Test
  void animalsAreNoPeople() {
    assertEquals(
        Subject.OTHERS,
        Subject.of(named("L_Eye", "Nose", "L_Shoulder", "L_F_Paw", "L_Hip", "Root of tail")));
    assertEquals(Subject.OTHERS, Subject.of(named("snout", "left ear", "tail base")));
    assertEquals(Subject.PEOPLE, Subject.of(named("Shoulder L", "Hip L", "bat")));
  }

  private static KeypointSet named(String... names) {
    return new KeypointSet(
        "own", Arrays.stream(names).map(KeypointSet.Point::named).toList(), List.of());
  }
}
