package io.github.rtmjava.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** One session for all tests of this process, which Spark stops with it. */
public final class LocalSpark {
  private LocalSpark() {}

  /** The session. */
  public static SparkSession session() {
    System.setProperty(
        "log4j2.configurationFile", "classpath:io/github/rtmjava/spark/log4j2.properties");
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem")
        .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString())
        .getOrCreate();
  }
}
