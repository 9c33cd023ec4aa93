package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotFileTest {
  @TempDir Path folder;

  @Test
  void anglesAreThoseInSpace() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    List<PoseFrame> frames = Recordings.random(recording, 9);
    Angles angles = Angles.of(recording.keypointSet());
    assertRows(
        recording,
        frames,
        (person, facing) -> angles.degrees3d(person, recording.frame()),
        "Angles in space, without a sign.");
  }

  @Test
  void modelsWithoutDepthGiveThoseInThePicture() throws IOException {
    Recording recording = Recordings.flat(KeypointSet.of("halpe26", 26));
    List<PoseFrame> frames = Recordings.random(recording, 9);
    Angles angles = Angles.of(recording.keypointSet());
    assertRows(recording, frames, angles::degrees2d, "Angles in the picture.");
  }

  @Test
  void handsHaveNoAngles() {
    Recording hands = Recordings.flat(KeypointSet.of("coco_wholebody_hand", 21));
    assertTrue(PoseFormats.of("mot").requirement(hands).isPresent());
  }

  private interface Degrees {
    float[] of(PersonPose person, Facing facing);
  }

  private void assertRows(
      Recording recording, List<PoseFrame> frames, Degrees degrees, String remark)
      throws IOException {
    Recordings.write("mot", recording, frames, folder);
    List<FacingOverTime.Frame> faced = Recordings.faced(frames);
    for (int id : Recordings.ids(frames)) {
      List<String> lines = Files.readAllLines(folder.resolve("walk_" + id + ".mot"));
      assertTrue(lines.contains(remark));
      assertTrue(lines.contains("inDegrees=yes"));
      int head = lines.indexOf("endheader");
      List<String> rows = lines.subList(head + 2, lines.size());
      assertTrue(lines.contains("nRows=" + rows.size()));
      assertTrue(lines.contains("nColumns=" + lines.get(head + 1).split("\t", -1).length));
      int first = Recordings.first(frames, id);
      int gaps = 0;
      for (int row = 0; row < rows.size(); row++) {
        FacingOverTime.Frame frame = faced.get(first + row);
        String[] cells = rows.get(row).split("\t", -1);
        assertEquals(frame.poses().time(), Double.parseDouble(cells[0]), 1e-6);
        Optional<PersonPose> person = Recordings.find(frame.poses(), id);
        float[] expected = new float[cells.length - 1];
        if (person.isPresent()) {
          int place = frame.poses().result().persons().indexOf(person.get());
          expected = degrees.of(person.get(), frame.facings().get(place));
        } else {
          Arrays.fill(expected, Float.NaN);
          gaps++;
        }
        assertEquals(expected.length, cells.length - 1);
        for (int i = 0; i < expected.length; i++) {
          double found = cells[i + 1].equals("nan") ? Double.NaN : Double.parseDouble(cells[i + 1]);
          assertEquals(expected[i], found, 1e-5);
        }
      }
      long there = frames.stream().filter(f -> Recordings.find(f, id).isPresent()).count();
      assertEquals(there + gaps, rows.size());
      assertTrue(Recordings.find(frames.get(first + rows.size() - 1), id).isPresent());
    }
  }
}
