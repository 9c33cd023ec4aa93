package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The size of the pool, in processes of their own. */
@Timeout(120)
class ProcessorsTest {
  @Test
  void thePoolIsAsLargeAsWasSaid() throws Exception {
    String said = run(0, "-Drtm.processors=3");
    assertTrue(said.contains("cpu, 3 threads"), said);
    assertTrue(said.contains("pool 3"), said);
  }

  /** What containers do to a process. */
  @Test
  void thePoolIsAsLargeAsTheProcessesShare() throws Exception {
    String said = run(0, "-XX:ActiveProcessorCount=1");
    assertTrue(said.contains("cpu, 1 threads"), said);
    assertTrue(said.contains("pool 1"), said);
  }

  @Test
  void nonsenseIsRefusedInOneLine() throws Exception {
    String said = run(1, "-Drtm.processors=none");
    assertTrue(
        said.contains("-Drtm.processors: expected a number of processors, 1 or more, found 'none'"),
        said);
  }

  private static String run(int status, String option) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Drtm.onednn.trials=false",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                ProcessorsTest.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(status, process.waitFor(), said);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that runs a model on all threads. */
  public static void main(String[] args) throws IOException {
    Network network = Samples.small();
    EngineOptions options = new EngineOptions("cpu", 0, Precision.FLOAT32, true);
    try (CompiledModel model =
            new OnednnEngine().compile(network, Samples.weights(network, 1), options);
        Session session = model.newSession()) {
      session.run(Samples.inputs(network, 5, 1));
      System.out.println(model.description());
      System.out.println("pool " + ThreadPool.get().size());
    }
  }
}
