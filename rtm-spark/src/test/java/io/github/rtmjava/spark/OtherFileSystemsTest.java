package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.batch.BatchFormat;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose files are not this machine's, in and out: here Hadoop's viewfs, a tree of others. */
class OtherFileSystemsTest {
  @TempDir Path folder;

  @BeforeEach
  void mount() {
    LocalSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.viewfs.mounttable.made.link./data", folder.toUri().toString());
  }

  @Test
  void areReadAndWrittenAndKnownAgain() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("in/a b"));
    for (String name : Scenes.NAMES) {
      Files.copy(Scenes.FOLDER.resolve(name), archive.resolve(name));
    }
    String in = "viewfs://made/data/in";
    String out = "viewfs://made/data/out";

    assertEquals(new BatchSummary(3, 3, 7, 0, List.of(), List.of()), run(in, out));

    Path changed = archive.resolve("scene_03.png");
    Files.copy(Scenes.FOLDER.resolve("scene_05.png"), changed, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000));
    assertEquals(1, run(in, out).now());
    assertEquals(0, run(in, out).now());

    List<Row> rows = LocalSpark.session().read().parquet(out).collectAsList();
    assertEquals(3, rows.size());
    for (Row row : rows) {
      String source = row.getAs("source");
      assertTrue(source.startsWith("viewfs://made/data/in/"), source);
      String name = source.substring(source.lastIndexOf('/') + 1);
      Scenes.assertAlike(Scenes.expected(name.equals("scene_03.png") ? "scene_05.png" : name), row);
    }
  }

  private static BatchSummary run(String in, String out) throws IOException {
    return new SparkBatch()
        .run(
            new BatchJob(
                List.of(in),
                out,
                null,
                PoseConfig.of("default"),
                null,
                null,
                BatchFormat.PARQUET,
                false,
                false),
            new BatchNews() {
              @Override
              public void note(String line) {}

              @Override
              public void begin(long pictures) {}

              @Override
              public void stepTo(long pictures, long failed) {}
            });
  }
}
