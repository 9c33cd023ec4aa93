package io.github.rtmjava.app;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.files.NativeSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * What to set for executors of Apache Spark that each take a machine like this one.
 *
 * @param settings names and values, as {@code spark-defaults.conf} has them
 * @param measured what they follow from, for people
 */
record SparkSettings(Map<String, String> settings, List<String> measured) {
  private static final long MEBIBYTE = 1 << 20;

  /** Tasks at a time that are tried; more follow by the same rule. */
  private static final int TRIED = 4;

  /** Over what was measured: pictures and clips differ. */
  private static final double MARGIN = 1.2;

  /** For what Spark itself keeps outside of the heap: its network's buffers. */
  private static final long SPARK = 256 * MEBIBYTE;

  private static final long STEP = 64;

  /** The heap: Spark's, and two groups of decoded pictures for each task. */
  private static final int HEAP = 768;

  private static final int HEAP_OF_A_TASK = 256;

  /** With {@code --enable-native-access}, which older ones do without. */
  private static final int JAVA_THAT_WARNS = 22;

  SparkSettings {
    settings = new LinkedHashMap<>(settings);
    measured = List.copyOf(measured);
  }

  /**
   * Measures it.
   *
   * @param model its detector is taken along
   * @param options with the threads of each task; 0 for one
   */
  static SparkSettings of(String model, String engine, EngineOptions options) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, options.threads());
    int tasks = Math.max(1, cores / threads);
    ExecutorTrial.Seen seen =
        ExecutorTrial.run(model, engine, options.withThreads(threads), Math.min(tasks, TRIED));
    return of(model, cores, threads, tasks, seen, Runtime.version().feature());
  }

  static SparkSettings of(
      String model, int cores, int threads, int tasks, ExecutorTrial.Seen seen, int java) {
    long overhead = (long) (seen.of(tasks) * MARGIN) + SPARK;
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.executor.cores", Integer.toString(cores));
    settings.put("spark.task.cpus", Integer.toString(threads));
    settings.put("spark.executor.memory", HEAP + tasks * HEAP_OF_A_TASK + "m");
    settings.put("spark.executor.memoryOverhead", (overhead / MEBIBYTE / STEP + 1) * STEP + "m");
    settings.put(
        "spark.executor.extraJavaOptions",
        "-Dorg.bytedeco.javacpp.nopointergc=true"
            + (java < JAVA_THAT_WARNS ? "" : " " + NativeSettings.ALLOW));
    return new SparkSettings(
        settings,
        List.of(
            "of an executor on a machine like this one, with the model %s".formatted(model),
            "memory outside of Java's heap: %s with one task, %s for each further one; of it weights %s"
                .formatted(size(seen.outside().get(0)), size(seen.task()), size(seen.weights())),
            "tried: %s; %s at a time here"
                .formatted(
                    Counted.of(seen.outside().size(), "task", "tasks"),
                    Counted.of(tasks, "task", "tasks")),
            "the overhead is a fifth more than that and 256 MiB for Spark's network;"
                + " spark.executor.memory is a rule, not measured",
            java < JAVA_THAT_WARNS
                ? "where executors have Java 22 or newer, add " + NativeSettings.ALLOW
                : "executors need Java 17 or newer"));
  }

  /** As a part of {@code spark-defaults.conf}. */
  void print(Console console) {
    measured.forEach(line -> console.say("# " + line));
    for (Entry<String, String> each : settings.entrySet()) {
      console.say(each.getKey() + " " + each.getValue());
    }
  }

  private static String size(long bytes) {
    return bytes / MEBIBYTE + " MiB";
  }
}
