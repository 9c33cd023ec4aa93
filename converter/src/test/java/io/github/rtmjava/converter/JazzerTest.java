package io.github.rtmjava.converter;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.fuzz.Reading;
import io.github.rtmjava.model.Model;
import java.io.IOException;

/**
 * Targets for Jazzer, one for each reader. As tests they read a small corpus; with {@code
 * JAZZER_FUZZ=1} Jazzer looks for files that reach new code.
 */
class JazzerTest {
  @FuzzTest(maxDuration = "60s")
  void legacy(byte[] file) throws IOException {
    checkpoint(file);
  }

  @FuzzTest(maxDuration = "60s")
  void zip(byte[] file) throws IOException {
    checkpoint(file);
  }

  @FuzzTest(maxDuration = "60s")
  void safetensors(byte[] file) throws IOException {
    checkpoint(file);
  }

  @FuzzTest(maxDuration = "60s")
  void bundle(byte[] file) throws IOException {
    try {
      Model model = Bundles.read(file);
      for (String key : model.weights().keys()) {
        model.weights().get(key);
      }
    } catch (CheckpointException e) {
      Reading.judge(e);
    }
  }

  private static void checkpoint(byte[] file) throws IOException {
    try {
      Checkpoints.read("fuzz", new ByteSource.OfArray(file));
    } catch (CheckpointException e) {
      Reading.judge(e);
    }
  }
}
