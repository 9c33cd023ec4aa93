package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.files.PlansFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredWaysTest {
  private static final MeasuredWays TWO =
      new MeasuredWays(">onednn-a.properties\nx=1\ny=2\n>onednn-b.properties\nz=3\n");

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @AfterEach
  void forget() {
    System.clearProperty(PlansFolder.PROPERTY);
    spark.setLocalProperty("rtm.plans.sent", null);
  }

  @Test
  void areKeptWithTheResults() throws IOException {
    FileSystem files = FileSystem.newInstance(new Configuration());
    org.apache.hadoop.fs.Path own = new org.apache.hadoop.fs.Path(folder.resolve("own").toUri());
    assertEquals("", MeasuredWays.of(files, own).text());
    new MeasuredWays(">a.properties\n").write(files, own);
    TWO.write(files, own);
    assertEquals(TWO, MeasuredWays.of(files, own));
  }

  @Test
  void reachTheEngineOfATaskAndComeBack() throws IOException {
    TWO.send(spark.sc());
    MeasuredWays there =
        spark
            .parallelize(List.of(1), 1)
            .map(
                each -> {
                  MeasuredWays.install();
                  assertTrue(PlansFolder.isNamed());
                  assertEquals(
                      "z=3\n", Files.readString(PlansFolder.here().resolve("onednn-b.properties")));
                  return MeasuredWays.here();
                })
            .first();
    assertTrue(there.text().contains(">onednn-a.properties\nx=1\ny=2\n"), there.text());
  }

  @Test
  void filesElsewhereAreNotWritten() {
    MeasuredWays strange = new MeasuredWays(">../elsewhere.properties\nx=1\n");
    IOException refused =
        assertThrows(IOException.class, () -> strange.unpack(folder.resolve("plans")));
    assertTrue(refused.getMessage().startsWith("plans.txt: expected"), refused.getMessage());
  }
}
