package io.github.rtmjava.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Some videos at a time, in three steps: each is cut into parts; the networks look at the frames of
 * all parts, a task for each; then people are recognised and made smooth in each video as a whole.
 */
final class VideoBatch {
  /** Of results, so that short videos come together in a file. */
  private static final long FRAMES_OF_A_FILE = 25_000;

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final List<VideoTask> tasks;
  private final VideoSettings settings;
  private final int videos;

  private VideoBatch(
      SparkSession session, List<VideoTask> tasks, VideoSettings settings, int videos) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.tasks = tasks;
    this.settings = settings;
    this.videos = videos;
  }

  /** Cuts them. */
  static VideoBatch of(SparkSession session, List<Item> items, VideoSettings settings) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Tuple2<Integer, Item>> numbered =
        IntStream.range(0, items.size()).mapToObj(i -> new Tuple2<>(i, items.get(i))).toList();
    List<VideoTask> tasks = new ArrayList<>();
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    spark
        .parallelize(numbered, numbered.size())
        .map(each -> VideoTask.of(each._1(), each._2(), settings, hadoop))
        .collect()
        .forEach(tasks::addAll);
    return new VideoBatch(session, tasks, settings, items.size());
  }

  /** Frames that are to be looked at; 0 where nobody knows. */
  long frames() {
    boolean counted = tasks.stream().allMatch(task -> task.part().frames() >= 0);
    return counted ? tasks.stream().mapToLong(task -> task.part().frames()).sum() : 0;
  }

  /**
   * The rows of all of them; all of a video in one file.
   *
   * @param slots tasks that run at a time
   * @param through counts frames
   * @param failed counts videos
   * @param working milliseconds that tasks spend with what the networks gave
   */
  Dataset<Row> rows(
      int slots, LongAccumulator through, LongAccumulator failed, LongAccumulator working) {
    VideoSettings known = settings;
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    long wanted = Math.max(slots, frames() / FRAMES_OF_A_FILE);
    JavaRDD<Row> rows =
        spark
            .parallelize(tasks, tasks.size())
            .mapPartitionsToPair(parts -> look(parts, known, hadoop, through))
            .repartitionAndSortWithinPartitions(new ByVideo((int) Math.min(videos, wanted)))
            .mapPartitions(
                records ->
                    new TimedRows(() -> VideoRows.of(records, known.recording()), working, failed));
    return session.createDataFrame(rows, BatchColumns.schema());
  }

  private static Iterator<Tuple2<PartKey, PartRecord>> look(
      Iterator<VideoTask> parts,
      VideoSettings settings,
      SerializableConfiguration hadoop,
      LongAccumulator through)
      throws IOException {
    return VideoPartTask.of(parts.next(), settings, hadoop, () -> through.add(1L));
  }

  /** All records of a video go to one task. */
  private static final class ByVideo extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int count;

    ByVideo(int count) {
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object key) {
      return ((PartKey) key).video() % count;
    }
  }
}
