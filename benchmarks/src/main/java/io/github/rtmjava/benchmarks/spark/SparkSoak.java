package io.github.rtmjava.benchmarks.spark;

import io.github.rtmjava.benchmarks.pictures.FilledFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code rtm batch} over very many pictures, whose memory grows while it gets warm, and then does
 * not. Java's heap has one size, so that the rest can be told from it. On Linux.
 */
public final class SparkSoak {
  private static final int DIFFERENT = 240;
  private static final int PARTS = 10;

  /** What is looked at begins after this part. */
  private static final int WARM_PARTS = 3;

  /** What memory may grow by after that. */
  private static final double MOST_GROWTH = 1.05;

  private static final List<String> HEAP =
      List.of("-XX:+UseParallelGC", "-Xms1500m", "-Xmx1500m", "-XX:+AlwaysPreTouch");

  private final Path root;
  private final Programs programs;
  private final int cores;
  private final PrintWriter out;

  /**
   * A soak.
   *
   * @param root of the checkout
   * @param java options of the process
   * @param cores as many as are at work
   * @param out where the table goes
   */
  public SparkSoak(Path root, List<String> java, int cores, PrintWriter out) throws IOException {
    this.root = root;
    this.programs = new Programs(root, java);
    this.cores = cores;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @return whether nothing grew and no picture was lost
   */
  public boolean measure(int pictures) throws IOException {
    Path folder = Files.createTempDirectory("rtm-spark-soak");
    try {
      Path archive = archive(folder, pictures);
      Path log = folder.resolve("log");
      Process process =
          programs.batch(
              HEAP,
              List.of(
                  archive.toString(),
                  "-o",
                  folder.resolve("results").toString(),
                  "--master",
                  "local[%s]".formatted(cores)),
              log);
      List<Long> samples = samples(process);
      out.printf(
          Locale.ROOT,
          "%,d pictures, %d different ones; Java's heap is 1500 MB of it%n%n",
          pictures,
          DIFFERENT);
      boolean flat = table(samples);
      out.println(Files.readString(log).strip());
      out.flush();
      return flat && process.exitValue() == 0;
    } finally {
      SparkRun.delete(folder);
    }
  }

  /** A few pictures under very many names. */
  private Path archive(Path folder, int count) throws IOException {
    Path few = new FilledFolder(root.resolve("samples")).fill(folder.resolve("few"), DIFFERENT);
    List<Path> files;
    try (var all = Files.list(few)) {
      files = all.sorted().toList();
    }
    Path archive = folder.resolve("archive");
    for (int i = 0; i < count; i++) {
      Path file = files.get(i % files.size());
      Path part = archive.resolve(Integer.toString(i / 1000));
      if (i % 1000 == 0) {
        Files.createDirectories(part);
      }
      Files.createLink(part.resolve("%s_%s".formatted(i, file.getFileName())), file);
    }
    return archive;
  }

  private static List<Long> samples(Process process) throws IOException {
    List<Long> samples = new ArrayList<>();
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        long bytes = Resident.bytes(process.pid());
        if (bytes > 0) {
          samples.add(bytes);
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return samples;
  }

  private boolean table(List<Long> samples) {
    out.println("| part of the time | memory at most, MB |");
    out.println("|---|---|");
    long warm = 0;
    long most = 0;
    for (int part = 0; part < PARTS; part++) {
      long high =
          samples
              .subList(part * samples.size() / PARTS, (part + 1) * samples.size() / PARTS)
              .stream()
              .mapToLong(bytes -> bytes)
              .max()
              .orElse(0);
      out.printf(Locale.ROOT, "| %d | %d |%n", part + 1, high >> 20);
      if (part < WARM_PARTS) {
        warm = Math.max(warm, high);
      } else {
        most = Math.max(most, high);
      }
    }
    double growth = warm == 0 ? 0 : (double) most / warm;
    out.printf(
        Locale.ROOT, "%nmemory until part %d and at most later: 1 : %.3f%n", WARM_PARTS, growth);
    return growth <= MOST_GROWTH;
  }
}
