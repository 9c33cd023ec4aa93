package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory outside of the heap stays where it is, however long four threads predict with one model.
 * The long run, with its memory curve in {@code rtm-parity/target/soak.csv}:
 *
 * <pre>
 * ./mvnw -pl rtm-parity -am verify -Psoak
 * </pre>
 */
class SoakTest {
  /** Samples that a run takes. */
  static final int SAMPLES = 40;

  private static final int HEAP_MIB = 512;
  private static final int KIB_PER_MIB = 1024;

  @TempDir private Path folder = Path.of("");

  @Test
  void memoryIsBoundedOverTwoHundredPredictions() throws Exception {
    List<MemorySample> curve = run(200, folder.resolve("soak.csv"));
    // Not every session has met its largest batch yet, so this finds gross leaks alone.
    assertFlat(curve, SAMPLES / 2, 150);
  }

  @Test
  @Tag("soak")
  void memoryIsFlatOverTenThousandPredictions() throws Exception {
    List<MemorySample> curve = run(10_000, Path.of("target", "soak.csv"));
    assertFlat(curve, SAMPLES / 5, 64);
  }

  /** Compares the highest of the settled samples' first and last quarter. */
  private static void assertFlat(List<MemorySample> curve, int warmUp, int allowedMiB) {
    List<MemorySample> settled = curve.subList(warmUp, curve.size());
    int quarter = settled.size() / 4;
    MemorySample early = highest(settled.subList(0, quarter));
    MemorySample late = highest(settled.subList(settled.size() - quarter, settled.size()));
    long grown = (late.residentKiB() - early.residentKiB()) / KIB_PER_MIB;
    assertTrue(grown <= allowedMiB, () -> "resident memory grew by " + grown + " MiB: " + curve);
  }

  private static MemorySample highest(List<MemorySample> samples) {
    return samples.stream().max(Comparator.comparingLong(MemorySample::residentKiB)).orElseThrow();
  }

  @Test
  void predictionsLeaveNoNativeObjectBehind() throws Exception {
    List<String> lines = java(PointerCount.class, false, "-Xmn400m");
    assertEquals("left 0", lines.get(lines.size() - 1));
  }

  private List<MemorySample> run(int predictions, Path csv)
      throws IOException, InterruptedException {
    List<MemorySample> curve =
        java(Soak.class, true, "-XX:+AlwaysPreTouch", Integer.toString(predictions)).stream()
            .filter(line -> line.startsWith("memory "))
            .map(MemorySample::of)
            .sorted(Comparator.comparingInt(MemorySample::predictions))
            .toList();
    List<String> table = new ArrayList<>();
    table.add("predictions,resident_kib,direct_kib");
    curve.forEach(sample -> table.add(sample.toString().substring(7).replace(' ', ',')));
    Files.write(csv, table);
    assertEquals(SAMPLES, curve.size(), "samples");
    return curve;
  }

  /**
   * Runs a program in a Java with a heap of one size.
   *
   * @param asLaunched whether native memory is left to its owners, as the launchers have it
   * @param option one more option of Java's
   * @return what it prints
   */
  private List<String> java(Class<?> program, boolean asLaunched, String option, String... args)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/status")), "skipped: needs Linux's /proc");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + HEAP_MIB + "m");
    command.add("-Xmx" + HEAP_MIB + "m");
    command.add(option);
    command.add("-Djava.awt.headless=true");
    command.add("-Dorg.bytedeco.javacpp.nopointergc=" + asLaunched);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.add(Path.of("..", "samples").toString());
    command.addAll(List.of(args));
    Path errors = folder.resolve("errors.txt");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(3, TimeUnit.HOURS), "still running");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(errors));
    return Files.readAllLines(output);
  }
}
