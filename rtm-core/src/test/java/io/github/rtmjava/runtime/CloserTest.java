package io.github.rtmjava.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable thing(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable stubborn(String name, Exception failure) {
    return () -> {
      closed.add(name);
      throw failure;
    };
  }

  @Test
  void closesWhatWasOpenedBeforeAnErrorTheLastFirst() {
    OutOfMemoryError none = new OutOfMemoryError("made up");
    Error thrown =
        assertThrows(
            OutOfMemoryError.class,
            () -> {
              try (Closer opened = new Closer()) {
                opened.add(thing("a"));
                opened.add(thing("b"));
                throw none;
              }
            });
    assertSame(none, thrown);
    assertEquals(List.of("b", "a"), closed);
  }

  @Test
  void leavesAloneWhatWasReleased() {
    try (Closer opened = new Closer()) {
      opened.add(thing("a"));
      opened.release();
    }
    assertEquals(List.of(), closed);
  }

  @Test
  void closesTheOthersWhereOneFails() {
    RuntimeException first = new IllegalStateException("first");
    IOException second = new IOException("second");
    RuntimeException thrown =
        assertThrows(
            RuntimeException.class,
            () -> Closer.closeAll(stubborn("a", first), null, stubborn("b", second), thing("c")));
    assertSame(first, thrown);
    assertEquals(List.of(second), List.of(thrown.getSuppressed()));
    assertEquals(List.of("a", "b", "c"), closed);
  }

  @Test
  void tellsOfACheckedFailure() {
    RuntimeException thrown =
        assertThrows(
            RuntimeException.class, () -> Closer.closeAll(stubborn("a", new IOException("x"))));
    assertInstanceOf(IOException.class, thrown.getCause());
  }
}
