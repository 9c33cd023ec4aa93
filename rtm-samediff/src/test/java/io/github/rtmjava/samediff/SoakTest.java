package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memory stays where it is, however often and with whatever batches a model runs. */
final class SoakTest {
  private static final int[] BATCHES = {1, 5, 2, 11, 8, 3, 1, 17, 4};

  @Test
  void keepsItsMemoryOverAFewRuns() throws IOException {
    run(100, 30);
  }

  @Test
  @Tag("soak")
  void keepsItsMemoryOverAThousandRuns() throws IOException {
    run(1000, 30);
  }

  /**
   * Compares the process after a tenth of the runs, when buffers and code have settled, and after
   * all.
   */
  private static void run(int runs, int allowedMiB) throws IOException {
    Network network = Samples.small(96, 64);
    Weights weights = Samples.weights(network, 1);
    List<Map<String, Tensor>> inputs = new ArrayList<>();
    for (int batch : BATCHES) {
      inputs.add(Samples.inputs(network, batch, batch));
    }
    try (CompiledModel model =
            new SameDiffEngine().compile(network, weights, EngineOptions.DEFAULT);
        Session session = model.newSession()) {
      long settled = 0;
      for (int i = 0; i < runs; i++) {
        session.run(inputs.get(i % inputs.size()));
        if (i == runs / 10 + BATCHES.length) {
          settled = residentMiB();
        }
      }
      long growth = residentMiB() - settled;
      assertTrue(growth <= allowedMiB, "grew by " + growth + " MiB in " + runs + " runs");
    }
  }

  private static long residentMiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "skipped: needs Linux's /proc");
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
