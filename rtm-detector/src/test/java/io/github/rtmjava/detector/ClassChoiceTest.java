package io.github.rtmjava.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.CocoClasses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassChoiceTest {
  private static final List<String> GAME = List.of("ball", "player");

  @Test
  void peopleAreLookedForInAnyCaseAndPlace() {
    assertEquals(Set.of(1), ClassChoice.of(List.of("dog", "Person"), List.of()));
    assertEquals(Set.of(0), ClassChoice.of(CocoClasses.NAMES, List.of()));
    assertEquals(Set.of(0), ClassChoice.of(List.of("hand"), List.of()));
  }

  @Test
  void theFirstOfSeveralIsNeverTakenInSilence() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassChoice.of(GAME, List.of()))
            .getMessage();
    assertTrue(message.contains("0 ball, 1 player"), message);
    assertTrue(message.contains("--classes"), message);
  }

  @Test
  void classesAreChosenByNameAndByNumber() {
    assertEquals(Set.of(1), ClassChoice.of(GAME, List.of("Player")));
    assertEquals(Set.of(1, 0), ClassChoice.of(GAME, List.of("player", "0")));
    assertEquals(Set.of(0), ClassChoice.of(List.of("7", "x"), List.of("7")));
    for (String wrong : List.of("2", "referee", "", "-1")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> ClassChoice.of(GAME, List.of(wrong)))
              .getMessage();
      assertTrue(message.contains("0 ball, 1 player") && message.contains(wrong), message);
    }
  }
}
