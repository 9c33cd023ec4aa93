package io.github.rtmjava.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import org.junit.jupiter.api.function.Executable;

/** What the refusal of a file must look like. */
public final class Refusals {
  private Refusals() {}

  /** Asserts a refusal in one line that contains all the given phrases. */
  public static void assertRefused(Executable reading, String... phrases) {
    String message = String.valueOf(assertThrows(CheckpointException.class, reading).getMessage());
    assertFalse(message.contains("\n"), message);
    for (String phrase : phrases) {
      assertTrue(message.contains(phrase), () -> "'" + phrase + "' in: " + message);
    }
  }
}
