package io.github.rtmjava.spark;

import static org.apache.spark.sql.functions.expr;

import io.github.rtmjava.app.batch.BatchFormat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The folder of results. Each of its files holds all rows of some items, and appears or is replaced
 * at once: what files hold is what is done, however a run ended.
 */
final class Results {
  /** What readers pass over. */
  static final String OWN = "_rtm";

  private static final String STAGING = "staging";
  private static final String ITEM = "coalesce(archive, source)";

  private final SparkSession session;
  private final FileSystem files;
  private final Path folder;
  private final BatchFormat format;

  Results(SparkSession session, FileSystem files, Path folder, BatchFormat format) {
    this.session = session;
    this.files = files;
    this.folder = folder;
    this.format = format;
  }

  /**
   * What is known of an item.
   *
   * @param sha256 of a picture; null where nobody knows
   * @param failed whether any row of it has an error
   */
  record Known(long bytes, long modified, @Nullable String sha256, boolean failed) {}

  /**
   * What is in all files.
   *
   * @param people in pictures
   * @param failed pictures and videos
   */
  record Counts(long pictures, long people, long videos, long frames, long failed) {
    long inputs() {
      return pictures + videos;
    }
  }

  Path own() {
    return new Path(folder, OWN);
  }

  /** Removes what a run that was killed left unfinished. */
  void clear() throws IOException {
    files.delete(new Path(own(), STAGING), true);
  }

  /** The items of all files. */
  Map<String, Known> known() throws IOException {
    Map<String, Known> known = new HashMap<>();
    List<String> parts = parts();
    if (parts.isEmpty()) {
      return known;
    }
    Iterator<Row> rows =
        read(parts)
            .selectExpr(
                ITEM + " AS item",
                "source_bytes",
                "unix_millis(source_modified) AS modified",
                "IF(archive IS NULL, sha256, NULL) AS sha256",
                "error IS NOT NULL AS failed")
            .groupBy("item", "source_bytes", "modified")
            .agg(expr("max(sha256)"), expr("bool_or(failed)"))
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      known.put(
          row.getString(0),
          new Known(
              row.getLong(1),
              row.getLong(2),
              row.isNullAt(3) ? null : row.getString(3),
              row.getBoolean(4)));
    }
    return known;
  }

  /** Takes items out of the files that hold them. */
  void remove(Set<String> items) throws IOException {
    if (items.isEmpty()) {
      return;
    }
    Dataset<Row> stale =
        session.createDataset(List.copyOf(items), Encoders.STRING()).toDF("rtm_stale");
    Dataset<Row> all = read(parts()).selectExpr("*", "input_file_name() AS rtm_file");
    List<Row> affected =
        all.join(stale, expr(ITEM).equalTo(stale.col("rtm_stale")), "left_semi")
            .select("rtm_file")
            .distinct()
            .collectAsList();
    for (Row row : affected) {
      Path file = new Path(URI.create(row.getString(0)));
      Dataset<Row> part = read(List.of(file.toString()));
      Dataset<Row> left = part.join(stale, expr(ITEM).equalTo(stale.col("rtm_stale")), "left_anti");
      Path staged = write(left.coalesce(1));
      List<FileStatus> written = written(staged);
      if (written.isEmpty() || left.isEmpty()) {
        files.delete(file, false);
      } else {
        replace(written.get(0).getPath(), file);
      }
      files.delete(staged, true);
    }
  }

  /** Adds rows, whose items are in no file yet. */
  void add(Dataset<Row> rows) throws IOException {
    Path staged = write(rows);
    for (FileStatus file : written(staged)) {
      Path target = new Path(folder, file.getPath().getName());
      if (!files.rename(file.getPath(), target)) {
        throw new IOException(target + ": expected to put results there, found that it cannot be");
      }
    }
    files.delete(staged, true);
  }

  boolean isEmpty() throws IOException {
    return parts().isEmpty();
  }

  /** All rows; none where there are no files. */
  Dataset<Row> rows() throws IOException {
    List<String> parts = parts();
    return parts.isEmpty()
        ? session.createDataFrame(List.of(), BatchColumns.schema())
        : read(parts);
  }

  /** Counts them. */
  Counts counts() throws IOException {
    String video = Item.videoRows();
    Row row =
        rows()
            .selectExpr(
                "count_if(NOT (%s))".formatted(video),
                "coalesce(sum(IF(people IS NULL OR %s, 0, size(people))), 0)".formatted(video),
                "count(DISTINCT IF(%s, source, NULL))".formatted(video),
                "count_if(%s AND frame IS NOT NULL)".formatted(video),
                "count(DISTINCT IF(error IS NULL, NULL, source))")
            .first();
    return new Counts(
        row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }

  /** What is wrong with the first of those that failed, a line for each. */
  List<String> problems(int most) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Row row :
        rows()
            .where("error IS NOT NULL")
            .select("source", "error")
            .orderBy("source")
            .limit(most)
            .collectAsList()) {
      String line = row.getString(1);
      lines.add(line.startsWith(row.getString(0)) ? line : row.getString(0) + ": " + line);
    }
    return lines;
  }

  private Path write(Dataset<Row> rows) {
    Path staged = new Path(own(), STAGING + "/" + UUID.randomUUID());
    String target = staged.toString();
    if (format == BatchFormat.PARQUET) {
      rows.write().parquet(target);
    } else {
      rows.write().json(target);
    }
    return staged;
  }

  private List<FileStatus> written(Path staged) throws IOException {
    List<FileStatus> parts = new ArrayList<>();
    for (FileStatus file : files.listStatus(staged)) {
      if (isPart(file) && file.getLen() > 0) {
        parts.add(file);
      }
    }
    return parts;
  }

  /** A file in the place of another, at once where the file system can do that. */
  private void replace(Path file, Path target) throws IOException {
    if ("file".equals(target.toUri().getScheme())) {
      java.nio.file.Files.move(
          java.nio.file.Path.of(file.toUri().getPath()),
          java.nio.file.Path.of(target.toUri().getPath()),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    // Between these the items are not done, and are done again by the next run.
    files.delete(target, false);
    if (!files.rename(file, target)) {
      throw new IOException(target + ": expected to put results there, found that it cannot be");
    }
  }

  private Dataset<Row> read(List<String> parts) {
    String[] paths = parts.toArray(String[]::new);
    return format == BatchFormat.PARQUET
        ? session.read().schema(BatchColumns.schema()).parquet(paths)
        : session.read().schema(BatchColumns.schema()).json(paths);
  }

  private List<String> parts() throws IOException {
    Set<String> parts = new HashSet<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        if (isPart(file)) {
          parts.add(file.getPath().toString());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return parts.stream().sorted().toList();
  }

  private boolean isPart(FileStatus file) {
    String name = file.getPath().getName();
    return file.isFile()
        && name.startsWith("part-")
        && name.endsWith(format == BatchFormat.PARQUET ? ".parquet" : ".json");
  }
}
