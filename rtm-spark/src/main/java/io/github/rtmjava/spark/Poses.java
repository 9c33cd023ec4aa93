package io.github.rtmjava.spark;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds the people in a column of pictures and their poses.
 *
 * <pre>{@code
 * Dataset<Row> pictures = spark.read().format("binaryFile").load("hdfs:///archive");
 * Dataset<Row> poses = Poses.of("wholebody").transform(pictures);
 * }</pre>
 *
 * <p>Immutable. Every executor opens the models once, for all of its tasks; each task has as many
 * threads as it has processors ({@code spark.task.cpus}), unless the configuration says another
 * number. A picture that cannot be read gives a row with an {@code error}, and ends nothing.
 */
public final class Poses implements Serializable {
  private static final long serialVersionUID = 1;

  private final PictureSettings settings;
  private final String column;
  private final boolean paths;

  private Poses(PictureSettings settings, String column, boolean paths) {
    this.settings = settings;
    this.column = column;
    this.paths = paths;
  }

  /**
   * With models and options. A model or detector that is a file of this machine has to be on every
   * executor, under the same path or among Spark's files ({@code --files}), and to be the same one.
   *
   * @throws IOException if a file of a model cannot be read
   */
  public static Poses of(PoseConfig config) throws IOException {
    return new Poses(PictureSettings.of(config), "content", /* paths= */ false);
  }

  /**
   * With a model and what goes with it.
   *
   * @param model see {@link io.github.rtmjava.pose3d.PoseInferencer#of}
   */
  public static Poses of(String model) throws IOException {
    return of(PoseConfig.of(model));
  }

  /** From another column of bytes of picture files; otherwise it is {@code content}. */
  public Poses fromContent(String name) {
    return new Poses(settings, name, /* paths= */ false);
  }

  /** From a column of paths of picture files, which Hadoop's file systems read. */
  public Poses fromPaths(String name) {
    return new Poses(settings, name, /* paths= */ true);
  }

  /** With 3D keypoints in another frame, see {@link io.github.rtmjava.pose.PoseResult#in}. */
  public Poses inFrame(Frame3d frame) {
    return new Poses(settings.withFrame(frame), column, paths);
  }

  /** With other batches than of 8 pictures. */
  public Poses withBatchSize(int pictures) {
    return new Poses(settings.withBatchSize(pictures), column, paths);
  }

  /** With another limit than 128 MiB of a picture file: larger ones give an error. */
  public Poses withMostBytes(int bytes) {
    return new Poses(settings.withMostBytes(bytes), column, paths);
  }

  /**
   * The columns that come out.
   *
   * @throws IllegalArgumentException if the column of pictures is missing or of another type, or a
   *     column has a name that is to be added
   */
  public StructType transform(StructType in) {
    int index = Arrays.asList(in.fieldNames()).indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "expected a column '%s' of pictures, found %s"
              .formatted(column, String.join(", ", in.fieldNames())));
    }
    StructField field = in.fields()[index];
    if (!field.dataType().sameType(paths ? DataTypes.StringType : DataTypes.BinaryType)) {
      throw new IllegalArgumentException(
          "expected a column '%s' of %s, found %s"
              .formatted(
                  column,
                  paths ? "paths (string)" : "bytes (binary)",
                  field.dataType().simpleString()));
    }
    List<String> taken = Arrays.asList(in.fieldNames());
    StructType out = in;
    for (StructField added : PoseColumns.schema().fields()) {
      if (taken.contains(added.name())) {
        throw new IllegalArgumentException(
            "expected no column '%s', which is to be added; rename or drop it"
                .formatted(added.name()));
      }
      out = out.add(added);
    }
    return out;
  }

  /**
   * The same rows with the columns of {@link PoseColumns#schema()} behind their own. Nothing is
   * computed yet.
   *
   * @throws IllegalArgumentException as {@link #transform(StructType)} does
   */
  public Dataset<Row> transform(Dataset<?> pictures) {
    StructType out = transform(pictures.schema());
    int index = pictures.schema().fieldIndex(column);
    SerializableConfiguration hadoop =
        new SerializableConfiguration(pictures.sparkSession().sparkContext().hadoopConfiguration());
    PictureSettings known = settings;
    boolean named = paths;
    MapPartitionsFunction<Row, Row> task =
        rows -> PictureTask.of(known, sources(rows, index, named, hadoop));
    return pictures.toDF().mapPartitions(task, Encoders.row(out));
  }

  private static Iterator<PictureTask.Source> sources(
      Iterator<Row> rows, int index, boolean named, SerializableConfiguration hadoop) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public PictureTask.Source next() {
        Row row = rows.next();
        return named
            ? new ColumnSource.OfPath(row, index, hadoop)
            : new ColumnSource.OfBytes(row, index);
      }
    };
  }
}
