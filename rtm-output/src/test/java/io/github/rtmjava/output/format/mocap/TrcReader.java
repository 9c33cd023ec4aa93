package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.output.format.Poses;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads TRC files as OpenSim's documentation describes them. */
public final class TrcReader {
  private TrcReader() {}

  /** Everybody's; a row of empty cells is nobody. */
  public static Poses readAll(Path folder, List<PoseFrame> frames) throws IOException {
    Poses poses = new Poses();
    for (int id : Recordings.ids(frames)) {
      read(folder.resolve("walk_" + id + ".trc"), id, poses);
    }
    return poses;
  }

  private static void read(Path file, int id, Poses poses) throws IOException {
    List<String[]> lines =
        Files.readAllLines(file).stream().map(line -> line.split("\t", -1)).toList();
    assertEquals(file.getFileName().toString(), lines.get(0)[3]);
    int count = Integer.parseInt(lines.get(2)[3]);
    assertEquals(lines.size() - 6, Integer.parseInt(lines.get(2)[2]));
    assertEquals("m", lines.get(2)[4]);
    assertEquals("Z" + count, lines.get(4)[1 + 3 * count]);
    for (String[] row : lines.subList(6, lines.size())) {
      assertEquals(2 + 3 * count, row.length);
      if (Arrays.stream(row).skip(2).allMatch(String::isEmpty)) {
        continue;
      }
      double[][] points = new double[count][3];
      for (int i = 0; i < 3 * count; i++) {
        String cell = row[2 + i];
        points[i / 3][i % 3] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
      }
      poses.put(Long.parseLong(row[0]), id, points);
    }
  }
}
