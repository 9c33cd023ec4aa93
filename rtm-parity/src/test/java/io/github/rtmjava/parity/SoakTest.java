package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
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
    // Every session has not met its largest batch yet, so this finds gross leaks alone.
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
    long grownNative = (late.nativeKiB() - early.nativeKiB()) / KIB_PER_MIB;
    assertTrue(
        grownNative <= allowedMiB / 2,
        () -> "JavaCPP's memory grew by " + grownNative + " MiB: " + curve);
  }

  private static MemorySample highest(List<MemorySample> samples) {
    return samples.stream().max(Comparator.comparingLong(MemorySample::residentKiB)).orElseThrow();
  }

  private List<MemorySample> run(int predictions, Path csv)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/self/status")), "skipped: needs Linux's /proc");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + HEAP_MIB + "m");
    command.add("-Xmx" + HEAP_MIB + "m");
    command.add("-XX:+AlwaysPreTouch"); // so that the heap does not look like growth
    command.add("-Djava.awt.headless=true");
    command.add("-Dorg.bytedeco.javacpp.nopointergc=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Soak.class.getName());
    command.add(Path.of("..", "samples").toString());
    command.add(Integer.toString(predictions));
    File errors = folder.resolve("errors.txt").toFile();
    File output = folder.resolve("output.txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectError(errors).redirectOutput(output).start();
    try {
      assertTrue(process.waitFor(2, TimeUnit.HOURS), "still running");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), Files.readString(errors.toPath()));
    List<MemorySample> curve =
        Files.readAllLines(output.toPath()).stream()
            .filter(line -> line.startsWith("memory "))
            .map(MemorySample::of)
            .sorted(Comparator.comparingInt(MemorySample::predictions))
            .toList();
    List<String> table = new ArrayList<>();
    table.add("predictions,resident_kib,native_kib,pointers,direct_kib");
    curve.forEach(sample -> table.add(sample.toString().substring(7).replace(' ', ',')));
    Files.write(csv, table);
    assertEquals(SAMPLES, curve.size(), "samples");
    return curve;
  }
}
