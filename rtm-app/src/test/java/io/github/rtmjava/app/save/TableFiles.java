package io.github.rtmjava.app.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.annotation.Alias;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tables, as text and as Parquet. */
final class TableFiles {
  /** Lines before the first row. */
  private static final int TRC_HEAD = 6;

  private TableFiles() {}

  /** A row for each keypoint. */
  static Contents csv(Results results) throws IOException {
    List<String> lines = results.lines("in.csv");
    boolean space = lines.get(0).endsWith("x_camera_m,y_camera_m,z_camera_m");
    List<Sighting> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      rows.add(row(line.split(",", -1), 1, space));
    }
    return new Contents(counted(rows), null);
  }

  /** A row for each person. */
  static Contents wide(Results results) throws IOException {
    return rows(results, "in.wide.csv", "_x_px", "_x_camera_m");
  }

  /** The same of angles. */
  static Contents angles(Results results) throws IOException {
    return rows(results, "in.angles.csv", "(?<!_3d)_deg", "_3d_deg");
  }

  private static Contents rows(Results results, String name, String flat, String deep)
      throws IOException {
    List<String> lines = results.lines(name);
    String[] columns = lines.get(0).split(",", -1);
    int points = count(columns, flat);
    int inSpace = count(columns, deep);
    assertEquals(inSpace == 0 ? 0 : points, inSpace);
    List<Sighting> people = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertEquals(columns.length, cells.length);
      people.add(row(cells, points, inSpace > 0));
    }
    return new Contents(people, null);
  }

  private static int count(String[] columns, String ending) {
    return (int) Arrays.stream(columns).filter(c -> c.matches(".*" + ending)).count();
  }

  private static Sighting row(String[] cells, int points, boolean space) {
    return new Sighting(
        Integer.parseInt(cells[2]),
        Long.parseLong(cells[0]),
        Double.parseDouble(cells[1]),
        points,
        space);
  }

  /** Rows of single keypoints, put together. */
  private static List<Sighting> counted(List<Sighting> rows) {
    Map<Sighting, Integer> counts = new LinkedHashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    List<Sighting> people = new ArrayList<>();
    counts.forEach(
        (s, count) -> people.add(new Sighting(s.person(), s.frame(), s.time(), count, s.space())));
    return people;
  }

  /** OpenSim's markers. */
  static Contents trc(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (int person : results.people(".trc")) {
      List<String> lines = results.lines("in_" + person + ".trc");
      String[] head = lines.get(2).split("\t", -1);
      int markers = Integer.parseInt(head[3]);
      List<Long> frames = new ArrayList<>();
      for (String line : lines.subList(TRC_HEAD, lines.size())) {
        String[] cells = line.split("\t", -1);
        assertEquals(2 + 3 * markers, cells.length);
        long frame = Long.parseLong(cells[0]);
        frames.add(frame);
        if (Arrays.stream(cells).skip(2).anyMatch(cell -> !cell.isEmpty())) {
          people.add(new Sighting(person, frame, Double.parseDouble(cells[1]), markers, true));
        }
      }
      assertEquals(results.of().span(person), frames);
      assertEquals(frames.size(), Integer.parseInt(head[2]));
      assertEquals(frames.get(0), Long.parseLong(head[6]));
    }
    return new Contents(people, null);
  }

  /** OpenSim's angles. */
  static Contents mot(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (int person : results.people(".mot")) {
      List<String> lines = results.lines("in_" + person + ".mot");
      int head = lines.indexOf("endheader") + 2;
      int angles = lines.get(head - 1).split("\t", -1).length - 1;
      boolean space = lines.contains("Angles in space, without a sign.");
      for (String line : lines.subList(head, lines.size())) {
        String[] cells = line.split("\t", -1);
        if (Arrays.stream(cells).skip(1).anyMatch(cell -> !cell.equals("nan"))) {
          double time = Double.parseDouble(cells[0]);
          people.add(new Sighting(person, Sighting.NONE, time, angles, space));
        }
      }
      int span = results.of().span(person).size();
      assertEquals(span, lines.size() - head);
      assertEquals("nRows=" + span, lines.get(2));
    }
    return new Contents(people, null);
  }

  /** What the library reads. */
  record Row(long frame, @Alias("time_s") double time, int id, @Alias("x_m") Float x) {}

  static Contents parquet(Results results) throws IOException {
    List<Sighting> rows = new ArrayList<>();
    for (Row row : new CarpetReader<>(results.file("in.parquet").toFile(), Row.class).toList()) {
      rows.add(new Sighting(row.id, row.frame, row.time, 1, row.x != null));
    }
    return new Contents(counted(rows), null);
  }
}
