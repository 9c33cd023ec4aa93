package io.github.rtmjava.spark;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.files.NativeSettings;
import io.github.rtmjava.pose3d.SharedInferencers;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;

/**
 * What one executor finds when it opens the models, before all get to work.
 *
 * @param host where
 * @param problem why it cannot work, in one line; empty where it can
 * @param processors that its Java sees
 * @param outside bytes of its process that are not Java's heap, with the models and one task
 * @param task bytes of native memory that each further task needs at least
 * @param ways that it has measured
 */
record FirstLook(
    String host, String problem, int processors, long outside, long task, MeasuredWays ways)
    implements Serializable {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Within a task. */
  static FirstLook take(PictureSettings settings) throws IOException {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try {
      SharedInferencers.Lease lease = ExecutorModels.lease(settings.here());
      try {
        CompiledModel.Memory memory = lease.inferencer().memory();
        return new FirstLook(
            host,
            "",
            Runtime.getRuntime().availableProcessors(),
            Math.max(resident(), memory.weights() + memory.session()),
            memory.session(),
            MeasuredWays.here());
      } finally {
        ExecutorModels.giveBack(lease);
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      return new FirstLook(
          host, "executor on " + host + ": " + line(e), 0, 0, 0, new MeasuredWays(""));
    }
  }

  /** Also of what does not load, and where Spark has that set. */
  static String line(Throwable thrown) {
    String line =
        thrown instanceof LinkageError ? NativeSettings.reason(thrown) : Problem.line(thrown);
    return line.contains(NativeSettings.ALLOW)
        ? line + "; on executors with spark.executor.extraJavaOptions"
        : line;
  }

  /** What is resident, but for all that the heap may hold of it by now. */
  private static long resident() throws IOException {
    MemoryMXBean java = ManagementFactory.getMemoryMXBean();
    long least = java.getNonHeapMemoryUsage().getCommitted();
    if (!Files.isReadable(STATUS)) {
      return least;
    }
    long bytes =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
            .findFirst()
            .orElse(0);
    return Math.max(least, bytes - java.getHeapMemoryUsage().getCommitted());
  }
}
