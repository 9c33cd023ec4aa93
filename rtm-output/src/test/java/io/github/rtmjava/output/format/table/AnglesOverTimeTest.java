package io.github.rtmjava.output.format.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnglesOverTimeTest {
  private final Recording recording = Recordings.recording(Recordings.WHOLE);

  @TempDir Path folder;

  @Test
  void aTableHoldsTheAnglesOfEverybody() throws IOException {
    List<PoseFrame> frames = Recordings.random(recording, 5);
    Table table = Table.read(write("angles", recording, frames).resolve("walk.angles.csv"), ",");
    Angles angles = Angles.of(recording.keypointSet());
    int row = 0;
    for (FacingOverTime.Frame faced : Recordings.faced(frames)) {
      PoseFrame frame = faced.poses();
      for (int p = 0; p < faced.facings().size(); p++) {
        PersonPose person = frame.result().persons().get(p);
        assertEquals(Long.toString(frame.index()), table.text(row, "frame"));
        assertEquals(Integer.toString(person.id().orElseThrow()), table.text(row, "id"));
        float[] flat = angles.degrees2d(person, faced.facings().get(p));
        float[] space = angles.degrees3d(person, recording.frame());
        for (int i = 0; i < flat.length; i++) {
          String name = angles.list().get(i).id();
          assertCell(flat[i], table.text(row, name + "_deg"));
          assertCell(space[i], table.text(row, name + "_3d_deg"));
        }
        row++;
      }
    }
    assertEquals(row, table.rows().size());
  }

  private static void assertCell(float expected, String cell) {
    assertEquals(expected, cell.isEmpty() ? Float.NaN : Float.parseFloat(cell), 1e-3f);
  }

  @Test
  void withoutDepthATableHasNoAnglesInSpace() throws IOException {
    Recording flat = Recordings.flat(Recordings.WHOLE);
    String header =
        Files.readAllLines(write("angles", flat, List.of()).resolve("walk.angles.csv")).get(0);
    assertTrue(header.startsWith("frame,time_s,id,right_ankle_deg,"), header);
    assertFalse(header.contains("3d"), header);
  }

  @Test
  void handsHaveNoAnglesToKeep() {
    Recording hands = Recordings.recording(KeypointSet.of("interhand3d", 42));
    for (String format : List.of("angles", "plot")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> PoseFormats.of(format).open(hands, folder, "walk"));
      assertTrue(e.getMessage().startsWith(format + " holds angles of the body"), e.getMessage());
    }
  }

  @Test
  void everybodyHasAPictureWithLines() throws IOException {
    List<PoseFrame> frames = frames(40);
    write("plot", recording, frames);
    for (int id = 1; id <= 2; id++) {
      BufferedImage picture =
          ImageIO.read(folder.resolve("walk_%d.angles.png".formatted(id)).toFile());
      assertEquals(1600, picture.getWidth());
      Set<Integer> colours = new HashSet<>();
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          colours.add(picture.getRGB(x, y) & 0xffffff);
        }
      }
      assertTrue(colours.containsAll(Set.of(0x0072b2, 0xd55e00, 0x009e73, 0xffffff)));
    }
  }

  @Test
  void ofVeryManyPeopleThoseSeenLongestAreDrawn() throws IOException {
    List<PoseFrame> frames = new ArrayList<>(frames(3));
    PersonPose someone = frames.get(0).result().persons().get(0);
    for (int i = 0; i < 130; i++) {
      PoseFrame frame = frames.get(0);
      frames.add(
          new PoseFrame(3 + i, 1 + 0.04 * i, frame.result().with(List.of(someone.withId(10 + i)))));
    }
    write("plot", recording, frames);
    assertTrue(Files.exists(folder.resolve("walk_1.angles.png")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(100, files.count());
    }
  }

  @Test
  void aSquatLooksLikeOne() throws IOException {
    Path outputs = Path.of("target", "outputs");
    Recording squat =
        new Recording(
            "clip_01.mp4",
            480,
            640,
            30,
            240,
            "truth",
            recording.frame(),
            recording.keypointSet(),
            recording.camera());
    try (PoseWriter writer = PoseFormats.of("plot").open(squat, outputs, "squat")) {
      for (PoseFrame frame : Recordings.clip("clip_01", squat)) {
        writer.write(frame);
      }
      writer.finish();
    }
    assertTrue(Files.size(outputs.resolve("squat_1.angles.png")) > 50_000);
  }

  @Test
  void longVideosKeepTheirExtremes() {
    Curves curves = new Curves(1);
    for (int i = 0; i < 200_000; i++) {
      float value = i == 123_456 ? 170 : i == 77_777 ? -33 : (float) Math.sin(i / 9.0);
      curves.add(i, i / 25.0, new float[] {value});
    }
    Curves.Line line = curves.line(0);
    assertTrue(line.times().length <= 2 * 1024);
    double[] sorted = line.values().clone();
    java.util.Arrays.sort(sorted);
    assertEquals(-33, sorted[0], 0);
    assertEquals(170, sorted[sorted.length - 1], 0);
  }

  @Test
  void aLineBreaksWhereNobodyWas() {
    Curves curves = new Curves(1);
    for (int i : new int[] {0, 2, 4, 6, 40, 42}) {
      curves.add(i, i / 10.0, new float[] {i});
    }
    assertArrayEquals(new double[] {0, 2, 4, 6, Double.NaN, 40, 42}, curves.line(0).values());
  }

  @Test
  void aLineBreaksWhereAnAngleTurnsAround() {
    Curves curves = new Curves(1);
    curves.add(0, 0, new float[] {179});
    curves.add(1, 1, new float[] {-179});
    assertArrayEquals(new double[] {179, Double.NaN, -179}, curves.line(0).values());
  }

  private List<PoseFrame> frames(int count) {
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<PersonPose> people = new ArrayList<>();
      for (PoseFrame some : Recordings.random(recording, 100 + i)) {
        for (PersonPose person : some.result().persons()) {
          if (people.size() < 2) {
            float[] scores = new float[person.size()];
            java.util.Arrays.fill(scores, 1);
            people.add(person.withScores(scores).withId(1 + people.size()));
          }
        }
      }
      frames.add(
          new PoseFrame(
              i,
              i / 25.0,
              new io.github.rtmjava.pose.PoseResult(
                  recording.width(),
                  recording.height(),
                  recording.model(),
                  recording.frame(),
                  recording.keypointSet(),
                  people)));
    }
    assertTrue(frames.get(0).result().size() > 0);
    assertEquals(BodyAngle.values().length, Angles.of(recording.keypointSet()).list().size());
    return frames;
  }

  private Path write(String format, Recording of, List<PoseFrame> frames) throws IOException {
    try (PoseWriter writer = PoseFormats.of(format).open(of, folder, "walk")) {
      for (PoseFrame frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
    return folder;
  }
}
