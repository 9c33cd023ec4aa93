package io.github.rtmjava.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** The {@code rtm} command as processes: with Spark on its class path, and without. */
final class Programs {
  private static final String MAIN = "io.github.rtmjava.app.Rtm";
  private static final long POLL_MILLIS = 100;

  private final Path module;
  private final List<String> java;

  /**
   * The programs of a checkout.
   *
   * @param root of it, with a built {@code rtm-spark}
   * @param java options of Java besides the usual ones
   */
  Programs(Path root, List<String> java) throws IOException {
    module = root.resolve("rtm-spark").resolve("target");
    this.java = List.copyOf(java);
    if (!Files.isReadable(module.resolve("classpath.txt"))) {
      throw new IOException(
          "expected a built rtm-spark, found no classpath.txt in %s; run it without --no-build"
              .formatted(module));
    }
  }

  /** A process and what it took. */
  record Took(double seconds, long peakBytes, int code, String said) {}

  /** {@code rtm infer}, several at a time. */
  Took infer(List<List<String>> words) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (List<String> each : words) {
      List<String> command = program(List.of("-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "infer"));
      command.addAll(each);
      commands.add(command);
    }
    return run(commands);
  }

  /**
   * {@code rtm batch}.
   *
   * @param options of its Java
   * @param words that follow the command
   */
  Process batch(List<String> options, List<String> words, Path log) throws IOException {
    return start(batch(options, words), log);
  }

  /** The same to its end. */
  Took batch(Map<String, String> settings, List<String> words) throws IOException {
    List<String> options = new ArrayList<>(List.of("-XX:+UseParallelGC"));
    for (Entry<String, String> each : settings.entrySet()) {
      options.add("-D%s=%s".formatted(each.getKey(), each.getValue()));
    }
    return run(List.of(batch(options, words)));
  }

  private List<String> batch(List<String> options, List<String> words) throws IOException {
    List<String> command = program(options);
    command.addAll(
        List.of(Files.readString(module.resolve("java.options")).strip().split("\\s+", -1)));
    command.addAll(
        List.of("-cp", Files.readString(module.resolve("classpath.txt")).strip(), MAIN, "batch"));
    command.addAll(words);
    return command;
  }

  private List<String> program(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(options);
    return command;
  }

  private static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Starts all, and waits for the last of them. */
  private static Took run(List<List<String>> commands) throws IOException {
    List<Process> processes = new ArrayList<>();
    Path log = Files.createTempFile("rtm-batch", ".log");
    long start = System.nanoTime();
    try {
      for (List<String> command : commands) {
        processes.add(start(command, log));
      }
      long peak = 0;
      while (processes.stream().anyMatch(Process::isAlive)) {
        for (Process process : processes) {
          peak = Math.max(peak, Resident.peakBytes(process.pid()));
        }
        Thread.sleep(POLL_MILLIS);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int code = processes.stream().mapToInt(Process::exitValue).max().orElse(0);
      return new Took(seconds, peak, code, Files.readString(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      processes.forEach(Process::destroyForcibly);
      Files.delete(log);
    }
  }
}
