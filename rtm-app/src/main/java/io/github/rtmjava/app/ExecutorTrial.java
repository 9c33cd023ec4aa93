package io.github.rtmjava.app;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A process that does what an executor of Spark does, with one task at a time, then with several,
 * and sees what memory that takes outside of Java's heap. A process of its own, because a heap of
 * one size, all of which is resident from the start, can be told from the rest.
 */
final class ExecutorTrial {
  /** Of Java's heap here. */
  private static final int HEAP_MEBIBYTES = 512;

  private static final long MEBIBYTE = 1 << 20;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** What goes through the networks together in a task, of a large picture each. */
  private static final int PICTURES = 8;

  private static final int SIDE = 1200;

  /** As many people in a group of pictures as a network takes at a time. */
  private static final int PEOPLE = 64;

  private static final int ROUNDS = 3;

  private ExecutorTrial() {}

  /**
   * What was seen.
   *
   * @param weights bytes of weights in native memory; 0 where the engine does not tell
   * @param outside bytes outside of the heap, Java's own among them, with one task at a time, two,
   *     and so on
   */
  record Seen(long weights, List<Long> outside) {
    Seen {
      outside = List.copyOf(outside);
    }

    /** Bytes that each further task takes. */
    long task() {
      int more = outside.size() - 1;
      return more == 0 ? outside.get(0) : Math.max(0, (outside.get(more) - outside.get(0)) / more);
    }

    /** Bytes for so many tasks at a time, beyond what was tried by the same rule. */
    long of(int tasks) {
      return tasks <= outside.size()
          ? outside.get(tasks - 1)
          : outside.get(0) + (tasks - 1) * task();
    }
  }

  /**
   * Runs it.
   *
   * @param tasks at a time, at most
   * @throws IOException if the model cannot be opened, or the system does not tell of memory
   */
  static Seen run(String model, String engine, EngineOptions options, int tasks)
      throws IOException {
    if (!Files.isReadable(STATUS)) {
      throw new IOException(
          "expected Linux, which tells what memory a process takes, found another system; run it"
              + " on one of the cluster's machines");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + HEAP_MEBIBYTES + "m",
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+AlwaysPreTouch",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.nopointergc=true"));
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("rtm.")) {
        command.add("-D%s=%s".formatted(name, System.getProperty(name)));
      }
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ExecutorTrial.class.getName(),
            model,
            engine,
            options.device(),
            Integer.toString(Math.max(1, options.threads())),
            options.precision().name(),
            Boolean.toString(options.deterministic()),
            Integer.toString(tasks)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.getOutputStream().close();
      return parse(process.inputReader().lines().toList());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Seen parse(List<String> lines) throws IOException {
    long weights = 0;
    List<Long> outside = new ArrayList<>();
    @Nullable String problem = null;
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "weights" -> weights = Long.parseLong(words[1]);
        case "outside" -> outside.add(Long.parseLong(words[1]));
        case "problem" -> problem = words[1];
        default -> {}
      }
    }
    if (problem != null || outside.isEmpty()) {
      throw new IOException(problem == null ? "the trial ended without a word" : problem);
    }
    return new Seen(weights, outside);
  }

  public static void main(String[] args) {
    try {
      EngineOptions options =
          new EngineOptions(
              args[2],
              Integer.parseInt(args[3]),
              Precision.valueOf(args[4]),
              Boolean.parseBoolean(args[5]));
      try (PoseInferencer inferencer = PoseConfig.of(args[0]).withEngine(args[1], options).open()) {
        CompiledModel.Memory memory = inferencer.memory();
        System.out.println("weights " + memory.weights());
        inferencer.warmUp();
        for (int tasks = 1; tasks <= Integer.parseInt(args[6]); tasks++) {
          work(inferencer, tasks);
          System.out.println("outside " + (peak() - HEAP_MEBIBYTES * MEBIBYTE));
        }
      }
    } catch (IOException
        | InterruptedException
        | ExecutionException
        | RuntimeException
        | LinkageError
        | OutOfMemoryError e) {
      System.out.println("problem " + Errors.line(e));
    }
    System.exit(0); // engines may have threads that stay
  }

  private static void work(PoseInferencer inferencer, int tasks)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        working.add(
            threads.submit(
                () -> {
                  task(inferencer);
                  return null;
                }));
      }
      for (Future<?> each : working) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reads and looks at groups of pictures, then at as many people as fit into a network. */
  private static void task(PoseInferencer inferencer) throws IOException {
    byte[] file =
        Images.jpeg(
            Image.fromBufferedImage(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR)));
    List<Box> people = Collections.nCopies(PEOPLE, new Box(100, 100, 500, 1100));
    for (int i = 0; i < ROUNDS; i++) {
      List<Image> images = new ArrayList<>();
      for (int n = 0; n < PICTURES; n++) {
        images.add(Images.decode(file, "picture"));
      }
      if (inferencer.findsPeople()) {
        inferencer.predict(images);
      }
      if (inferencer.takesBoxes()) {
        inferencer.predict(images.get(0), people);
      }
    }
  }

  private static long peak() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException("expected a line VmHWM in " + STATUS + ", found none"));
  }
}
