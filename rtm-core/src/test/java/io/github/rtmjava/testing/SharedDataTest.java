package io.github.rtmjava.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class SharedDataTest {
  @TempDir private Path root = Path.of("");

  @Test
  void isSkippedWhereItIsNotRequired() {
    assertThrows(TestAbortedException.class, () -> SharedData.path(null, "oracle", false));
    assertThrows(TestAbortedException.class, () -> SharedData.path(root, "oracle", false));
  }

  @Test
  void failsWhereItIsRequired() {
    assertThrows(AssertionError.class, () -> SharedData.path(null, "oracle", true));
    assertThrows(AssertionError.class, () -> SharedData.path(root, "oracle", true));
  }

  @Test
  void isGivenWhereItIs() {
    assertEquals(root.resolve("."), SharedData.path(root, ".", true));
  }
}
