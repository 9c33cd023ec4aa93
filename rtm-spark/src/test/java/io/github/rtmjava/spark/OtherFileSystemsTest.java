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

/**
 * A batch whose files are not this machine's, in and out: here Hadoop's viewfs, a tree of others.
 */
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

    assertEquals(new BatchSummary(3, 0, 0, 3, 7, 0, List.of(), List.of()), run(in, out));

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
    assertVideosAreReadThere();
  }

  /** In the same test, because Hadoop keeps what it once found under an address. */
  private void assertVideosAreReadThere() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("films"));
    Files.copy(Scenes.FOLDER.resolve("clip_01.mp4"), archive.resolve("clip.mp4"));
    Files.write(archive.resolve("damaged.mp4"), new byte[100]);
    String out = "viewfs://made/data/films-out";

    BatchSummary summary = run("viewfs://made/data/films", out);

    assertEquals(2, summary.videos());
    assertEquals(240 / 24, summary.frames());
    assertEquals(1, summary.failed());
    String problem = summary.problems().get(0);
    assertTrue(problem.startsWith("viewfs://made/data/films/damaged.mp4: expected"), problem);
    assertEquals(0, run("viewfs://made/data/films", out).now());
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
                List.of(),
                BatchTest.VIDEOS,
                2,
                BatchFormat.PARQUET,
                false,
                false),
            new BatchNews() {
              @Override
              public void note(String line) {}

              @Override
              public void begin(long pictures) {}

              @Override
              public void beginVideos(String which, long frames) {}

              @Override
              public void stepTo(long pictures, long failed) {}
            });
  }
}
