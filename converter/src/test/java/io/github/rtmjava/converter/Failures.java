package io.github.rtmjava.converter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import org.junit.jupiter.api.function.Executable;

/** Reading in memory, and what a refusal must look like. */
final class Failures {
  private Failures() {}

  static Checkpoint read(byte[] file) throws Exception {
    return Checkpoints.read("test.pth", new ByteSource.OfArray(file));
  }

  /** Asserts a refusal in one line that contains all the given phrases. */
  static void assertRefused(Executable reading, String... phrases) {
    String message = String.valueOf(assertThrows(CheckpointException.class, reading).getMessage());
    assertFalse(message.contains("\n"), message);
    for (String phrase : phrases) {
      assertTrue(message.contains(phrase), () -> "'" + phrase + "' in: " + message);
    }
  }

  static void assertRefused(byte[] file, String... phrases) {
    assertRefused(() -> read(file), phrases);
  }
}
