package io.github.rtmjava.output.parquet;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.io.FileSystemOutputFile;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.output.format.PersonNumbers;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Writes rows in groups of some megabytes, so that memory does not grow with the video. */
final class ParquetWriter implements PoseWriter {
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private final NewFile file;
  private final CarpetWriter<Row> rows;
  private final KeypointSet set;
  private boolean closed;

  ParquetWriter(Recording recording, Path target) throws IOException {
    set = recording.keypointSet();
    file = NewFile.at(target);
    try {
      rows =
          new CarpetWriter.Builder<>(new FileSystemOutputFile(file.path().toFile()), Row.class)
              .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
              .withCompressionCodec(CompressionCodecName.SNAPPY)
              .withRowGroupSize(ROW_GROUP_BYTES)
              .withWriteRecordModel(model())
              .withExtraMetaData(metadata(recording))
              .build();
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static WriteRecordModelType<Row> model() {
    return FieldTypes.writeRecordModel(Row.class)
        .withField("frame", (Row row) -> row.frame().index())
        .withField("time_s", (Row row) -> row.frame().time())
        .withField("id", FieldTypes.INTEGER.notNull(), Row::id)
        .withField("interpolated", FieldTypes.BOOLEAN.notNull(), Row::interpolated)
        .withField("keypoint", FieldTypes.STRING.notNull(), Row::keypoint)
        .withField("x_px", FieldTypes.FLOAT.notNull(), Row::x)
        .withField("y_px", FieldTypes.FLOAT.notNull(), Row::y)
        .withField("score", FieldTypes.FLOAT.notNull(), Row::score)
        .withField("x_m", FieldTypes.FLOAT, row -> coordinate(row, 0))
        .withField("y_m", FieldTypes.FLOAT, row -> coordinate(row, 1))
        .withField("z_m", FieldTypes.FLOAT, row -> coordinate(row, 2));
  }

  private static @Nullable Float coordinate(Row row, int axis) {
    return row.place().length == 0 ? null : row.place()[axis];
  }

  private static Map<String, String> metadata(Recording recording) {
    return Map.of(
        "rtm.source", recording.source(),
        "rtm.model", recording.model(),
        "rtm.keypoint_set", recording.keypointSet().name(),
        "rtm.frame_3d", recording.frame().id(),
        "rtm.width_px", String.valueOf(recording.width()),
        "rtm.height_px", String.valueOf(recording.height()),
        "rtm.frame_rate", String.valueOf(recording.frameRate()));
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    int[] numbers = PersonNumbers.of(frame.result());
    List<PersonPose> people = frame.result().persons();
    for (int i = 0; i < numbers.length; i++) {
      PersonPose person = people.get(i);
      float[][] flat = person.keypoints();
      float[][] deep = person.keypoints3d();
      float[] scores = person.scores();
      for (int k = 0; k < scores.length; k++) {
        rows.write(
            new Row(
                frame,
                numbers[i],
                set.points().get(k).name(),
                flat[k][0],
                flat[k][1],
                scores[k],
                person.has3d() ? deep[k] : new float[0],
                person.interpolated()));
      }
    }
  }

  @Override
  public void finish() throws IOException {
    closeRows();
    file.commit();
  }

  private void closeRows() throws IOException {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }

  @Override
  public List<Path> written() {
    return List.of(file.target());
  }

  @Override
  public void close() throws IOException {
    try (file) {
      closeRows();
    }
  }
}
