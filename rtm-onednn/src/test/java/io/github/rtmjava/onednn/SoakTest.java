package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
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

/** Memory stays where it is, with whatever batches, threads and sessions a model runs. */
class SoakTest {
  private static final int[] BATCHES = {1, 5, 2, 11, 8, 3, 1, 17, 4};
  private static final int[] THREADS = {1, 2, 3};

  /** Runs between two compilations. */
  private static final int LIFE = 50;

  @Test
  void keepsItsMemoryOverAFewRuns() throws IOException {
    run(1000, 40);
  }

  @Test
  @Tag("soak")
  void keepsItsMemoryOverTenThousandRuns() throws IOException {
    run(10_000, 40);
  }

  /** Compares the process after a fifth of the runs, when code has settled, and after all. */
  private static void run(int runs, int allowedMiB) throws IOException {
    Network network = Samples.small(96, 64);
    Weights weights = Samples.weights(network, 1);
    List<Map<String, Tensor>> inputs = new ArrayList<>();
    for (int batch : BATCHES) {
      inputs.add(Samples.inputs(network, batch, batch));
    }
    long settled = 0;
    for (int done = 0; done < runs; done += LIFE) {
      int threads = THREADS[done / LIFE % THREADS.length];
      EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32);
      try (CompiledModel model = new OnednnEngine().compile(network, weights, options);
          Session one = model.newSession();
          Session other = model.newSession()) {
        for (int i = 0; i < LIFE; i++) {
          (i % 3 == 0 ? other : one).run(inputs.get((done + i) % inputs.size()));
        }
      }
      if (done == runs / 5) {
        settled = residentMiB();
      }
    }
    long growth = residentMiB() - settled;
    assertTrue(growth <= allowedMiB, "grew by " + growth + " MiB in " + runs + " runs");
    System.out.printf("%d runs: %d MiB more than after a fifth of them%n", runs, growth);
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
