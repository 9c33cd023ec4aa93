package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.models.EmbeddedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a run on a cluster whose processes are killed. The command is in CONTRIBUTING.md;
 * {@code -Drtm.cluster.pictures=N} and {@code -Drtm.cluster.clips=N} choose another archive than of
 * 2,000 pictures and 20 clips.
 */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.HOURS)
class ClusterTest {
  private static final int PICTURES = Integer.getInteger("rtm.cluster.pictures", 2000);
  private static final int CLIPS = Integer.getInteger("rtm.cluster.clips", 20);
  private static final int HOURS = 2;
  private static final int PATIENCE_SECONDS = 3600;

  /** Small chunks and the same ways to compute in all runs. */
  private static final List<String> SETTINGS =
      List.of("spark.rtm.batch.chunk=" + Math.max(8, PICTURES / 16));

  @TempDir static Path folder;
  private static Path archive;
  private static Path undisturbed;
  private static int damaged;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    archive = folder.resolve("archive");
    damaged = MadeArchive.pictures(archive.resolve("pictures"), PICTURES);
    if (CLIPS > 0) {
      damaged += MadeArchive.clips(archive.resolve("clips"), CLIPS);
    }
    undisturbed = folder.resolve("undisturbed");
    try (Cluster cluster = new Cluster(folder.resolve("quiet"))) {
      cluster.worker("one");
      cluster.worker("two");
      Process driver = batch(cluster, "driver", undisturbed);
      assertEquals(1, code(driver), cluster.said("driver")); // of those that are damaged
      assertTrue(cluster.said("driver").contains(damaged + " failed)"), cluster.said("driver"));
    }
    assertEquals(PICTURES + CLIPS, rows(undisturbed).select("source").distinct().count());
    assertEquals(damaged, rows(undisturbed).where("error IS NOT NULL").count());
  }

  @AfterAll
  static void report() throws IOException {
    System.out.printf(
        "%s pictures and %s clips, %s of them damaged; assembly jar of %.1f MB%n",
        PICTURES, CLIPS, damaged, Files.size(Cluster.assembly()) / 1e6);
  }

  @Test
  void anExecutorThatIsKilledChangesNothing() throws Exception {
    Path out = folder.resolve("executor-killed");
    try (Cluster cluster = new Cluster(folder.resolve("executor"))) {
      Process one = cluster.worker("one");
      cluster.worker("two");
      Process driver = batch(cluster, "driver", out);
      Cluster.await("first results", () -> parts(out) > 0, PATIENCE_SECONDS);
      List<ProcessHandle> executors = Cluster.executors(one);
      assertFalse(executors.isEmpty());
      executors.forEach(Cluster::kill);
      assertTrue(driver.isAlive(), "killed in the middle");
      assertEquals(1, code(driver), cluster.said("driver"));
    }
    assertSame(out);
  }

  @Test
  void aDriverThatIsKilledGoesOn() throws Exception {
    Path out = folder.resolve("driver-killed");
    try (Cluster cluster = new Cluster(folder.resolve("driver"))) {
      Process one = cluster.worker("one");
      Process two = cluster.worker("two");
      Process first = batch(cluster, "first", out);
      Cluster.await("first results", () -> parts(out) > 0, PATIENCE_SECONDS);
      assertTrue(first.isAlive(), "killed in the middle");
      Cluster.kill(first.toHandle());
      Cluster.await(
          "the end of its executors",
          () -> Cluster.executors(one).isEmpty() && Cluster.executors(two).isEmpty());
      long before = rows(out).select("source").distinct().count();
      assertTrue(before > 0 && before < PICTURES + CLIPS, "done before: " + before);

      Process second = batch(cluster, "second", out);

      assertEquals(1, code(second), cluster.said("second"));
      String said = cluster.said("second");
      assertTrue(
          said.contains("done already: %s of %s inputs".formatted(before, PICTURES + CLIPS)), said);
    }
    assertAlike(out);
    try (Stream<Path> own = Files.walk(out.resolve(Results.OWN))) {
      assertFalse(own.anyMatch(file -> file.toString().contains("staging")));
    }
  }

  @Test
  void aWorkerWithAnotherBundleIsRefused() throws Exception {
    Path bundle = folder.resolve("model.rtm");
    try (InputStream in = EmbeddedModels.class.getResourceAsStream("rtmw3d-t_synth-128x96.rtm")) {
      Files.copy(in, bundle);
    }
    Path out = folder.resolve("other-bundle");
    try (Cluster cluster = new Cluster(folder.resolve("bundle"))) {
      cluster.worker("one");
      Process driver = batch(cluster, "driver", out, "--model", bundle.toString());
      Cluster.await("an opened model", () -> parts(out) > 0, PATIENCE_SECONDS);
      Files.write(bundle, new byte[] {1});
      cluster.worker("two");
      assertEquals(1, code(driver), cluster.said("driver"));
      String said = cluster.said("driver");
      assertTrue(said.contains("rtm: " + bundle + ": expected the driver's file"), said);
      assertTrue(rows(out).count() > 0, "what was done stays");
    }
  }

  @Test
  void tooLittleMemoryOutsideOfTheHeapIsToldAtOnce() throws Exception {
    Path out = folder.resolve("too-little");
    try (Cluster cluster = new Cluster(folder.resolve("overhead"))) {
      cluster.worker("one");
      Process driver =
          cluster.submit(
              "driver",
              List.of("spark.executor.memoryOverhead=20m"),
              archive.resolve("pictures").toString(),
              "-o",
              out.toString());
      assertEquals(1, code(driver), cluster.said("driver"));
      assertEquals(
          1,
          cluster
              .said("driver")
              .lines()
              .filter(line -> line.startsWith("rtm: expected spark.executor.memoryOverhead of"))
              .count(),
          cluster.said("driver"));
    }
    assertFalse(Files.exists(out));
  }

  /** Each worker has a cache of its own, in which it would keep what it measures for itself. */
  @Test
  void whatOneExecutorMeasuresAllTake() throws Exception {
    Path out = folder.resolve("measured");
    Path few = folder.resolve("few");
    MadeArchive.pictures(few, 32);
    try (Cluster cluster = new Cluster(folder.resolve("ways"))) {
      cluster.worker("one");
      cluster.worker("two");
      Process driver = cluster.submit("driver", SETTINGS, few.toString(), "-o", out.toString());
      assertEquals(1, code(driver), cluster.said("driver"));
      assertFalse(Files.exists(cluster.cacheOf("one").resolve("plans")));
      assertFalse(Files.exists(cluster.cacheOf("two").resolve("plans")));
      String plans = Files.readString(out.resolve("_rtm/plans.txt"));
      Assumptions.assumeFalse(plans.isEmpty(), "the machine is too busy to measure anything");
      assertTrue(plans.startsWith(">onednn-"), plans);
    }
  }

  private static Process batch(Cluster cluster, String name, Path out, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(List.of(archive.toString(), "-o", out.toString(), "--deterministic"));
    words.addAll(List.of(more));
    return cluster.submit(name, SETTINGS, words.toArray(String[]::new));
  }

  private static int code(Process driver) throws InterruptedException {
    assertTrue(driver.waitFor(HOURS, TimeUnit.HOURS), "still running");
    return driver.exitValue();
  }

  /** Every row of the undisturbed run once, and no other, whatever the order. */
  private static void assertSame(Path out) {
    Dataset<Row> expected = rows(undisturbed);
    Dataset<Row> found = rows(out);
    assertEquals(expected.count(), found.count());
    assertEquals(0, expected.exceptAll(found).count());
    assertEquals(0, found.exceptAll(expected).count());
  }

  /**
   * The same, but for the last bits of what went through the networks in other groups: where a
   * chunk was killed in the moment in which its files are put in place, the rest of it is cut anew.
   */
  private static void assertAlike(Path out) {
    Dataset<Row> expected = points(undisturbed);
    Dataset<Row> found = points(out);
    assertEquals(expected.count(), found.count());
    String[] whose = {"source", "frame", "id", "keypoint"};
    Row far =
        expected
            .join(
                found.withColumnRenamed("x_px", "other_x").withColumnRenamed("y_px", "other_y"),
                whose)
            .selectExpr(
                "count(1)",
                "coalesce(max(abs(x_px - other_x)), 0)",
                "coalesce(max(abs(y_px - other_y)), 0)")
            .first();
    assertEquals(expected.count(), far.getLong(0));
    assertEquals(0, ((Number) far.get(1)).doubleValue(), 1e-3);
    assertEquals(0, ((Number) far.get(2)).doubleValue(), 1e-3);
    String[] columns = {
      "source", "frame", "width_px", "height_px", "size(people)", "error", "sha256"
    };
    assertEquals(
        0, rows(undisturbed).selectExpr(columns).exceptAll(rows(out).selectExpr(columns)).count());
    assertEquals(rows(undisturbed).count(), rows(out).count());
  }

  private static Dataset<Row> points(Path out) {
    return Keypoints.of(rows(out), "source")
        .selectExpr("source", "frame", "id", "keypoint", "x_px", "y_px");
  }

  private static Dataset<Row> rows(Path out) {
    return LocalSpark.session().read().parquet(out.toString());
  }

  private static long parts(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(out)) {
      return all.filter(file -> file.getFileName().toString().startsWith("part-")).count();
    }
  }
}
