package io.github.rtmjava.output.format.table;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.output.format.Depth;
import io.github.rtmjava.output.format.PersonNumbers;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.Units;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values with a line of names that say unit and frame, as pandas and spreadsheets
 * open them: {@code frame}, {@code time_s}, {@code id}, then in the long form a row per keypoint
 * with {@code keypoint}, {@code x_px}, {@code y_px}, {@code score} and, from models with depth, for
 * example {@code x_camera_m}, {@code y_camera_m}, {@code z_camera_m}; in the wide form a row per
 * person with the box and the same columns for each keypoint. Whoever is not in a frame has no row
 * there; a number that is not finite is an empty cell.
 */
final class CsvWriter implements PoseWriter {
  private final NewFile file;
  private final KeypointSet set;
  private final boolean depth;
  private final boolean wide;
  private final StringBuilder row = new StringBuilder();

  private CsvWriter(Recording recording, Path target, boolean wide) throws IOException {
    set = recording.keypointSet();
    depth = Depth.isIn(recording);
    this.wide = wide;
    file = NewFile.at(target);
    List<String> columns = new ArrayList<>(List.of("frame", "time_s", "id"));
    List<String> values = new ArrayList<>(List.of("x_px", "y_px", "score"));
    if (depth) {
      values.addAll(List.of(Units.axes(recording)));
    }
    if (wide) {
      columns.addAll(List.of("bbox_x1_px", "bbox_y1_px", "bbox_x2_px", "bbox_y2_px", "bbox_score"));
      for (KeypointSet.Point point : set.points()) {
        values.forEach(value -> columns.add(point.name() + "_" + value));
      }
    } else {
      columns.add("keypoint");
      columns.addAll(values);
    }
    row.append(String.join(",", columns));
    flush();
  }

  static CsvWriter ofKeypoints(Recording recording, Path target) throws IOException {
    return new CsvWriter(recording, target, false);
  }

  static CsvWriter ofPeople(Recording recording, Path target) throws IOException {
    return new CsvWriter(recording, target, true);
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    int[] numbers = PersonNumbers.of(frame.result());
    for (int i = 0; i < numbers.length; i++) {
      PersonPose person = frame.result().persons().get(i);
      String who = frame.index() + "," + frame.time() + "," + numbers[i];
      if (wide) {
        row.append(who);
        box(person);
      }
      float[][] flat = person.keypoints();
      float[][] deep = person.keypoints3d();
      float[] scores = person.scores();
      for (int k = 0; k < scores.length; k++) {
        if (!wide) {
          row.append(who).append(',').append(set.points().get(k).name());
        }
        cell(flat[k][0]);
        cell(flat[k][1]);
        cell(scores[k]);
        for (int axis = 0; depth && axis < 3; axis++) {
          cell(person.has3d() ? deep[k][axis] : Float.NaN);
        }
        if (!wide) {
          flush();
        }
      }
      if (wide) {
        flush();
      }
    }
  }

  private void box(PersonPose person) {
    Box box = person.bbox();
    cell(box.x1());
    cell(box.y1());
    cell(box.x2());
    cell(box.y2());
    cell(person.bboxScore());
  }

  private void cell(float value) {
    row.append(',');
    if (Float.isFinite(value)) {
      row.append(value);
    }
  }

  private void flush() throws IOException {
    row.append('\n');
    file.out().write(row.toString().getBytes(StandardCharsets.UTF_8));
    row.setLength(0);
  }

  @Override
  public void finish() throws IOException {
    file.commit();
  }

  @Override
  public List<Path> written() {
    return List.of(file.target());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
