package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.app.Rtm;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives and results on HDFS, whose servers are a process of this machine. */
@Tag("cluster")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HdfsTest {
  private static final String LOOPBACK = "127.0.0.1";

  @TempDir Path folder;

  @Test
  void isReadAndWritten() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String address = "hdfs://%s:%s".formatted(LOOPBACK, port);
    Process servers = start(port);
    try {
      Configuration hadoop = new Configuration();
      hadoop.set("ipc.client.connect.max.retries", "60");
      try (FileSystem files = FileSystem.newInstance(URI.create(address), hadoop)) {
        Cluster.await("HDFS", () -> isReady(files), 120);
        for (String name : Scenes.NAMES) {
          files.copyFromLocalFile(
              new org.apache.hadoop.fs.Path(Scenes.FOLDER.resolve(name).toUri()),
              new org.apache.hadoop.fs.Path("/archive/a day/" + name));
        }
      }
      LocalSpark.session();

      assertEquals(0, Rtm.execute("batch", address + "/archive", "-o", address + "/poses"));
      assertEquals(0, Rtm.execute("batch", address + "/archive", "-o", address + "/poses"));

      List<Row> rows = LocalSpark.session().read().parquet(address + "/poses").collectAsList();
      assertEquals(3, rows.size());
      for (Row row : rows) {
        String source = row.getAs("source");
        Scenes.assertAlike(Scenes.expected(source.substring(source.lastIndexOf('/') + 1)), row);
      }
    } finally {
      servers.destroyForcibly();
    }
  }

  private static boolean isReady(FileSystem files) {
    try {
      return files.mkdirs(new org.apache.hadoop.fs.Path("/archive"));
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private Process start(int port) throws Exception {
    String jars =
        Cluster.classPath().stream()
            .map(Path::toString)
            .filter(
                each -> each.matches(".*(hadoop-client-|slf4j-api|jcl-over-slf4j|/junit/junit/).*"))
            .collect(Collectors.joining(File.pathSeparator));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dtest.build.data=" + folder.resolve("hdfs"),
            "-cp",
            jars,
            "org.apache.hadoop.test.MiniDFSClusterManager",
            "-format",
            "-nnport",
            Integer.toString(port),
            "-datanodes",
            "1")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("hdfs.log").toFile())
        .directory(folder.toFile())
        .start();
  }
}
