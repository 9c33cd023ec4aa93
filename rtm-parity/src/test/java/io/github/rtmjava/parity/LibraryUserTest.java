package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with a small heap and none of the launchers' options of Java uses models far larger
 * than its heap. The largest one:
 *
 * <pre>
 * ./mvnw -pl rtm-parity -am verify -Psoak -Dtest=LibraryUserTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class LibraryUserTest {
  @TempDir private Path folder = Path.of("");

  @Test
  @Timeout(120)
  void aSmallHeapIsEnough() throws Exception {
    Result result = run("-Xmx64m", "default");
    // JavaCPP's own limit would be four times the heap.
    Assumptions.assumeTrue(result.mostKiB > 0, "skipped: needs Linux's /proc");
    assertTrue(result.mostKiB > 4 * 32 * 1024, result.mostKiB + " KiB tell nothing");
  }

  @Test
  @Tag("soak")
  @Timeout(900)
  void theLargestModelRunsBesideAHeapOfAQuarterOfIt() throws Exception {
    Path bundle = folder.resolve("large.rtm");
    Bundles.write(bundle, Golden.madeModel("rtmw3d-x_384x288"), /* fp16= */ true);
    Result result = run("-Xmx256m", bundle.toString());
    System.out.printf("%d MiB at most%n", result.mostKiB / 1024);
  }

  private record Result(long mostKiB) {}

  private Result run(String heap, String model) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                LibraryUser.class.getName(),
                model,
                Path.of("..", "samples", "scene_05.png").toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue(process.waitFor(14, TimeUnit.MINUTES), "still running");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
    List<String> lines = Files.readAllLines(output);
    assertEquals(3, lines.stream().filter("people 1"::equals).count(), lines.toString());
    return new Result(
        lines.stream()
            .filter(line -> line.startsWith("most "))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0));
  }
}
