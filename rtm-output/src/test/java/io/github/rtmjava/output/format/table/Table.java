package io.github.rtmjava.output.format.table;

import io.github.rtmjava.output.format.Poses;
import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A text file of columns with names. */
public record Table(Map<String, Integer> columns, List<String[]> rows) {
  public static Table read(Path file, String separator) throws IOException {
    List<String[]> lines =
        Files.readAllLines(file).stream().map(line -> line.split(separator, -1)).toList();
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < lines.get(0).length; i++) {
      columns.put(lines.get(0)[i], i);
    }
    return new Table(columns, lines.subList(1, lines.size()));
  }

  String text(int row, String column) {
    return rows.get(row)[columns.get(column)];
  }

  private float number(int row, String column) {
    String text = text(row, column);
    return text.isEmpty() ? Float.NaN : Float.parseFloat(text);
  }

  /** The poses of a table with a row for each keypoint. */
  public Poses poses(KeypointSet set, String... axes) {
    Poses poses = new Poses();
    for (int row = 0; row < rows.size(); row++) {
      double[][] points =
          poses.points().computeIfAbsent(key(row), key -> new double[set.size()][axes.length]);
      for (int axis = 0; axis < axes.length; axis++) {
        points[set.indexOf(text(row, "keypoint"))][axis] = number(row, axes[axis]);
      }
    }
    return poses;
  }

  /** The poses of a table with a row for each person. */
  public Poses widePoses(KeypointSet set, String... axes) {
    Poses poses = new Poses();
    for (int row = 0; row < rows.size(); row++) {
      double[][] points = new double[set.size()][axes.length];
      for (int k = 0; k < points.length; k++) {
        for (int axis = 0; axis < axes.length; axis++) {
          points[k][axis] = number(row, set.points().get(k).name() + "_" + axes[axis]);
        }
      }
      poses.points().put(key(row), points);
    }
    return poses;
  }

  private Poses.Key key(int row) {
    return new Poses.Key(Long.parseLong(text(row, "frame")), Integer.parseInt(text(row, "id")));
  }
}
