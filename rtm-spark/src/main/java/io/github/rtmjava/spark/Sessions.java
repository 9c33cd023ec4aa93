package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchJob;
import org.apache.spark.sql.SparkSession;

/** Spark, as a batch starts it. */
final class Sessions {
  private static final String LOG = "log4j2.configurationFile";
  private static final String LOCAL = "local[*]";

  private Sessions() {}

  /** The session that is there, or one that is quiet and listens to this machine only. */
  static SparkSession open(BatchJob job) {
    String submitted = System.getProperty("spark.master");
    String master = job.master() != null ? job.master() : submitted == null ? LOCAL : submitted;
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("rtm batch")
            .master(master)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            // Otherwise queries do not see the files that the driver has sent since it was started.
            .config("spark.sql.artifact.isolation.enabled", "false")
            // Without files of checksums beside those of results.
            .config("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    if (isLocal(master)) {
      if (System.getProperty(LOG) == null) {
        System.setProperty(LOG, "classpath:io/github/rtmjava/spark/log4j2.properties");
      }
      int threads = job.config().engineOptions().threads();
      builder
          .config("spark.ui.enabled", "false")
          .config("spark.ui.showConsoleProgress", "false")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.task.cpus", String.valueOf(Math.max(1, threads)))
          .config("spark.sql.shuffle.partitions", "8");
    }
    Leavings.removeAtTheEnd();
    return builder.getOrCreate();
  }

  static boolean isLocal(String master) {
    return master.startsWith("local");
  }
}
