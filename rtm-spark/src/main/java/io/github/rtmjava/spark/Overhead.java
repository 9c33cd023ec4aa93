package io.github.rtmjava.spark;

import java.io.IOException;
import org.apache.spark.SparkConf;

/** Whether executors may take the memory outside of the heap that models need. */
final class Overhead {
  private static final String SETTING = "spark.executor.memoryOverhead";
  private static final long MEBIBYTE = 1 << 20;

  /** As Spark has it. */
  private static final long LEAST_MEBIBYTES = 384;

  private static final double SHARE = 0.1;

  private Overhead() {}

  /**
   * Compares what is set with what an executor has found. Clusters that watch over the memory would
   * end it later, in the middle of the work.
   *
   * @throws IOException if it is too little
   */
  static void require(SparkConf conf, FirstLook look) throws IOException {
    String master = conf.get("spark.master", "");
    boolean watched = master.startsWith("yarn") || master.startsWith("k8s");
    if (!watched && !conf.contains(SETTING)) {
      return;
    }
    long allowed = allowed(conf);
    int tasks = tasks(conf, watched ? 1 : look.processors());
    long needed = (look.outside() + (tasks - 1) * look.task()) / MEBIBYTE + 1;
    if (needed > allowed) {
      throw new IOException(
          ("expected %s of at least %sm for %s tasks at a time and these models (on %s), found %sm;"
                  + " 'rtm doctor --spark' prints the lines to set")
              .formatted(SETTING, needed, tasks, look.host(), allowed));
    }
  }

  private static long allowed(SparkConf conf) {
    if (conf.contains(SETTING)) {
      return conf.getSizeAsMb(SETTING);
    }
    double share = conf.getDouble("spark.executor.memoryOverheadFactor", SHARE);
    long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", LEAST_MEBIBYTES + "m");
    return Math.max(least, (long) (share * conf.getSizeAsMb("spark.executor.memory", "1g")));
  }

  private static int tasks(SparkConf conf, int usualCores) {
    int cores = conf.getInt("spark.executor.cores", usualCores);
    return Math.max(1, cores / Math.max(1, conf.getInt("spark.task.cpus", 1)));
  }
}
