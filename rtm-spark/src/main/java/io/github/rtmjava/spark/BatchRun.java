package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.refine.RefineOptions;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/** One run of a batch. */
final class BatchRun {
  private static final int LISTED = 20;

  /** As Spark's own page and log of events show it. */
  private static final String WORKING = "rtm: milliseconds with pictures";

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final BatchJob job;
  private final BatchNews news;
  private final Configuration hadoop;
  private final PictureSettings settings;
  private final FileSystem files;
  private final Results results;

  BatchRun(SparkSession session, BatchJob job, BatchNews news) throws IOException {
    this.session = session;
    this.job = job;
    this.news = news;
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    hadoop = spark.hadoopConfiguration();
    RefineOptions refining = job.recording().refining();
    PictureSettings usual =
        PictureSettings.of(job.config())
            .withFrame(refining.frame())
            .with(refining.world(), job.boxes());
    settings = job.batchSize() == null ? usual : usual.withBatchSize(job.batchSize());
    Path folder = Inventory.path(job.output());
    files = folder.getFileSystem(hadoop);
    results = new Results(session, files, files.makeQualified(folder), job.format());
  }

  BatchSummary run() throws IOException {
    Inventory inventory = Inventory.of(job.inputs(), hadoop);
    inventory.remarks().forEach(news::note);
    if (settings.frame() == Frame3d.WORLD
        && settings.world() == null
        && inventory.items().stream().anyMatch(item -> !item.video())) {
      throw new IOException(
          "--frame world of pictures needs --floor, or a --calib that says where the camera stands;"
              + " only in videos the floor is found by the people on it");
    }
    RunSettings made = RunSettings.of(job, settings);
    made.require(files, results.own(), job.output());
    boolean begun = files.exists(results.own());
    FolderLock lock = FolderLock.of(results.own(), job.output());
    try (lock) {
      long now = run(inventory.items(), made);
      return summary(now, inventory.missing());
    } finally {
      results.clear();
      if (!begun) {
        removeUnused();
      }
    }
  }

  /** A first run that came to nothing leaves nothing. */
  private void removeUnused() throws IOException {
    if (results.isEmpty()) {
      files.delete(results.own(), true);
      Path folder = results.own().getParent();
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    }
  }

  private long run(List<Item> items, RunSettings made) throws IOException {
    results.clear();
    Map<String, Results.Known> known = results.known();
    List<Item> wanted = wanted(items, known);
    Set<String> stale = new HashSet<>();
    for (Item item : wanted) {
      Results.Known before = known.get(item.source());
      if (before != null) {
        stale.add(item.source());
      }
    }
    if (!known.isEmpty()) {
      news.note(
          "done already: %s of %s inputs; new: %s; changed or to be tried again: %s"
              .formatted(
                  items.size() - wanted.size(),
                  items.size(),
                  wanted.size() - stale.size(),
                  stale.size()));
    }
    if (wanted.isEmpty()) {
      return 0;
    }
    if (!Sessions.isLocal(spark.master())) {
      ClusterStart.prepare(spark, settings, files, results.own(), news);
    }
    results.remove(stale);
    long before = results.counts().inputs();
    work(wanted, made);
    return results.counts().inputs() - before;
  }

  /** What is missing or has changed. */
  private List<Item> wanted(List<Item> items, Map<String, Results.Known> known) {
    List<Item> wanted = new ArrayList<>();
    List<Item> compared = new ArrayList<>();
    for (Item item : items) {
      Results.Known before = known.get(item.source());
      if (before == null || (job.retryFailed() && before.failed())) {
        wanted.add(item);
      } else if (job.byContent() && !item.archive() && before.sha256() != null) {
        compared.add(item);
      } else if (before.bytes() != item.bytes() || before.modified() != item.modified()) {
        wanted.add(item);
      }
    }
    Map<String, String> hashes = hashes(compared);
    for (Item item : compared) {
      Results.Known before = known.get(item.source());
      if (before == null || !hashes.getOrDefault(item.source(), "").equals(before.sha256())) {
        wanted.add(item);
      }
    }
    return wanted;
  }

  private Map<String, String> hashes(List<Item> items) {
    if (items.isEmpty()) {
      return Map.of();
    }
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    int most = settings.mostBytes();
    return spark
        .parallelize(items)
        .mapToPair(item -> new Tuple2<>(item.source(), hash(item, configuration, most)))
        .collectAsMap();
  }

  private static String hash(Item item, SerializableConfiguration configuration, int most) {
    try {
      MessageDigest digest = Sha256.digest();
      digest.update(PictureFiles.read(new Path(item.address()), configuration.value(), most));
      return Sha256.hex(digest);
    } catch (IOException e) {
      return ""; // looked at again, which says what is wrong
    }
  }

  private void work(List<Item> wanted, RunSettings made) throws IOException {
    int slots = Math.max(1, spark.defaultParallelism());
    int each = Math.max(1, spark.getConf().getInt(Chunks.SETTING, Chunks.CHUNK));
    LongAccumulator through = session.sparkContext().longAccumulator();
    LongAccumulator failed = session.sparkContext().longAccumulator();
    LongAccumulator working = session.sparkContext().longAccumulator(WORKING);
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            news.stepTo(through.value(), failed.value());
          }
        };
    session.sparkContext().addSparkListener(listener);
    try {
      List<Item> pictures = wanted.stream().filter(item -> !item.video()).toList();
      if (!pictures.isEmpty()) {
        news.begin(pictures.size());
      }
      for (List<List<Item>> chunk : Chunks.of(pictures, slots, each)) {
        results.add(look(chunk, new Counts(through, failed, working)));
        made.write(files, results.own());
      }
      watch(
          wanted.stream().filter(Item::video).toList(),
          slots,
          new Counts(through, failed, working),
          made);
    } finally {
      session.sparkContext().removeSparkListener(listener);
    }
  }

  private void watch(List<Item> videos, int slots, Counts counts, RunSettings made)
      throws IOException {
    VideoSettings known = VideoSettings.of(job, settings);
    int done = 0;
    for (List<Item> chunk : Chunks.ofVideos(videos, slots)) {
      VideoBatch batch = VideoBatch.of(session, chunk, known);
      counts.through.reset();
      String which = "videos %s-%s of %s".formatted(done + 1, done + chunk.size(), videos.size());
      news.beginVideos(which, batch.frames());
      results.add(batch.rows(slots, counts.through, counts.failed, counts.working));
      made.write(files, results.own());
      done += chunk.size();
    }
  }

  /**
   * What tasks tell of their work.
   *
   * @param through items
   * @param failed pictures
   * @param working milliseconds with them
   */
  private record Counts(LongAccumulator through, LongAccumulator failed, LongAccumulator working)
      implements Serializable {}

  private Dataset<Row> look(List<List<Item>> groups, Counts counts) {
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    PictureSettings known = settings;
    JavaRDD<Row> rows =
        spark
            .parallelize(groups, groups.size())
            .mapPartitions(
                lists ->
                    new TimedRows(
                        () -> rows(lists, known, configuration, counts.through),
                        counts.working,
                        counts.failed));
    return session.createDataFrame(rows, BatchColumns.schema());
  }

  private static Iterator<Row> rows(
      Iterator<List<Item>> groups,
      PictureSettings settings,
      SerializableConfiguration configuration,
      LongAccumulator through) {
    List<Item> items = new ArrayList<>();
    groups.forEachRemaining(items::addAll);
    ItemSources sources =
        new ItemSources(
            items.iterator(), configuration.value(), settings.mostBytes(), () -> through.add(1L));
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> sources.close());
    try {
      return PictureTask.of(settings, sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BatchSummary summary(long now, List<String> missing) throws IOException {
    Results.Counts counts = results.counts();
    return new BatchSummary(
        counts.pictures(),
        counts.videos(),
        counts.frames(),
        now,
        counts.people(),
        counts.failed(),
        counts.failed() == 0 ? List.of() : results.problems(LISTED),
        missing);
  }
}
