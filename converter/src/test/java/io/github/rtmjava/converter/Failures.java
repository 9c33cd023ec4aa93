package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.testing.Refusals;
import org.junit.jupiter.api.function.Executable;

/** Reading in memory, and what a refusal must look like. */
final class Failures {
  private Failures() {}

  static Checkpoint read(byte[] file) throws Exception {
    return Checkpoints.read("test.pth", new ByteSource.OfArray(file));
  }

  /** Asserts a refusal in one line that contains all the given phrases. */
  static void assertRefused(Executable reading, String... phrases) {
    Refusals.assertRefused(reading, phrases);
  }

  static void assertRefused(byte[] file, String... phrases) {
    assertRefused(() -> read(file), phrases);
  }
}
