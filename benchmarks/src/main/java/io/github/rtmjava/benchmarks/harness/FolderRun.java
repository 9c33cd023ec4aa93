package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.pictures.FilledFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Times {@code rtm infer} on a folder beside {@link FolderLoop}, in turns, each in a process of its
 * own, start included; and looks at the memory of the former on the folder and on a quarter of it.
 */
final class FolderRun {
  private static final int TURNS = 3;
  private static final long POLL_MILLIS = 100;

  private final Path samples;
  private final PrintWriter out;

  FolderRun(Path samples, PrintWriter out) {
    this.samples = samples;
    this.out = out;
  }

  void measure(int pictures) throws IOException {
    Path folder = Files.createTempDirectory("rtm-folder");
    try {
      FilledFolder filled = new FilledFolder(samples);
      Path all = filled.fill(folder.resolve("all"), pictures);
      Path some = filled.fill(folder.resolve("some"), Math.max(1, pictures / 4));
      out.println("| turn | one picture after another, s | rtm infer, s | times as fast |");
      out.println("|---|---|---|---|");
      double[] ratios = new double[TURNS];
      Run last = new Run(0, 0);
      for (int i = 0; i < TURNS; i++) {
        String results = folder.resolve("results" + i).toString();
        Run loop = run(FolderLoop.class.getName(), all.toString(), results);
        last = run("io.github.rtmjava.app.Rtm", "infer", all.toString(), "-o", results);
        ratios[i] = loop.seconds / last.seconds;
        out.printf(
            Locale.ROOT,
            "| %d | %.1f | %.1f | %.2f |%n",
            i + 1,
            loop.seconds,
            last.seconds,
            ratios[i]);
      }
      Run few =
          run("io.github.rtmjava.app.Rtm", "infer", some.toString(), "-o", folder + "/results");
      out.printf(
          Locale.ROOT,
          "%nmedian %.2f; memory of rtm infer: %d MB for %d pictures, %d MB for %d%n",
          Timing.median(ratios),
          last.peakBytes >> 20,
          pictures,
          few.peakBytes >> 20,
          Math.max(1, pictures / 4));
    } finally {
      delete(folder);
    }
  }

  private static Run run(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Jvm.java().toString()));
    command.addAll(Jvm.options());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long peak = 0;
    try {
      while (process.isAlive()) {
        peak = Math.max(peak, Memory.peakBytes(process.pid()));
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("%s ended with %s".formatted(main, process.exitValue()));
    }
    return new Run((System.nanoTime() - start) / 1e9, peak);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What a process took. */
  private record Run(double seconds, long peakBytes) {}
}
