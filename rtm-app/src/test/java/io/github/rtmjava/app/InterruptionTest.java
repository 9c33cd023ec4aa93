package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
  @TempDir Path dir;

  /** A long job, which needs a while to complete its file once it is to stop. */
  static final class Job {
    private Job() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Path file = Path.of(args[0]);
      try (Interruption interruption = new Interruption(() -> System.out.println("stopping"))) {
        System.out.println("ready");
        while (!interruption.requested()) {
          Thread.sleep(10);
        }
        Thread.sleep(300);
        Files.writeString(file, "complete");
      }
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
  void aJobThatIsToStopCompletesItsFiles() throws Exception {
    Path file = dir.resolve("result");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Job.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertEquals("ready", out.readLine());
      // Process.destroy would close the stream that is read here.
      process.toHandle().destroy();
      assertEquals("stopping", out.readLine());
      assertTrue(process.waitFor() != 0);
    }
    assertEquals("complete", Files.readString(file));
  }

  @Test
  void aJobThatEndsByItselfIsNotAsked() {
    boolean[] asked = new boolean[1];
    try (Interruption interruption = new Interruption(() -> asked[0] = true)) {
      assertEquals(false, interruption.requested());
    }
    assertEquals(false, asked[0]);
  }
}
