package io.github.rtmjava.onednn.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private final List<String> freed = new ArrayList<>();
  private final Resources resources = new Resources();
  private final IllegalStateException first = new IllegalStateException("first");
  private final IllegalStateException second = new IllegalStateException("second");

  private void addThreeOfWhichTwoFail() {
    resources.add("a", () -> freed.add("a"));
    resources.add("b", () -> fail(second));
    resources.add("c", () -> fail(first));
    resources.add("d", () -> freed.add("d"));
  }

  private static void fail(RuntimeException e) {
    throw e;
  }

  @Test
  void freesAllWhateverFailsAndTellsOfEach() {
    addThreeOfWhichTwoFail();
    assertSame(first, assertThrows(IllegalStateException.class, resources::close));
    assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
    assertEquals(List.of("d", "a"), freed);
    resources.close();
    assertEquals(List.of("d", "a"), freed);
  }

  @Test
  void onTheWayOutOfAFailureThatOneIsTold() {
    addThreeOfWhichTwoFail();
    OutOfMemoryError failure = new OutOfMemoryError("made up");
    resources.closeAfter(failure);
    assertArrayEquals(new Throwable[] {first}, failure.getSuppressed());
    assertEquals(List.of("d", "a"), freed);
  }
}
