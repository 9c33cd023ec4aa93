package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A plan that fails at its very end, when weights are read, keeps no native memory. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class FailedCompilationTest {
  private static final int ATTEMPTS = 100;

  private final Network network = Samples.small(512, 512);
  private final Weights weights = Samples.weights(network, 1);

  /** Weights of which the last cannot be read. */
  private record Unreadable(Weights weights) implements Weights {
    @Override
    public Set<String> keys() {
      return weights.keys();
    }

    @Override
    public Tensor get(String key) throws IOException {
      if (key.startsWith("head") && key.endsWith("weight")) {
        throw new IOException("made up");
      }
      return weights.get(key);
    }
  }

  @Test
  void keepsNoMemory() throws IOException {
    fail(5);
    long before = mappedMiB();
    fail(ATTEMPTS);
    long grown = mappedMiB() - before;
    // A plan takes more than 10 MiB.
    assertTrue(grown < 2 * ATTEMPTS, () -> "grew by " + grown + " MiB");
  }

  private void fail(int times) {
    EngineOptions options = new EngineOptions("cpu", 2, Precision.FLOAT32, true);
    for (int i = 0; i < times; i++) {
      IOException thrown =
          assertThrows(
              IOException.class,
              () -> new OnednnEngine().compile(network, new Unreadable(weights), options));
      assertTrue(thrown.getMessage().contains("made up"), thrown.getMessage());
    }
  }

  private static long mappedMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmData:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
