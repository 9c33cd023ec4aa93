package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class C3dFileTest {
  @TempDir Path folder;

  @Test
  void unitAxesAndNamesStandInTheParameters() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    PersonPose person = Recordings.person(recording, new Random(1)).withId(2);
    Recordings.write(
        "c3d",
        recording,
        List.of(
            Recordings.frame(recording, 0, 0, List.of()),
            Recordings.frame(recording, 1, 0.04, List.of(person)),
            Recordings.frame(recording, 2, 0.08, List.of(person))),
        folder);

    C3dReader c3d = new C3dReader(folder.resolve("walk_2.c3d"));

    assertEquals(List.of("mm"), c3d.strings("POINT:UNITS"));
    assertEquals(List.of("+X"), c3d.strings("POINT:X_SCREEN"));
    assertEquals(List.of("+Z"), c3d.strings("POINT:Y_SCREEN"));
    assertEquals(133, c3d.strings("POINT:LABELS").size());
    assertEquals("LShoulder", c3d.strings("POINT:LABELS").get(5));
    assertEquals("face-7", c3d.strings("POINT:LABELS").get(30));
    assertEquals(25, c3d.floats("POINT:RATE")[0], 1e-4);
    assertEquals(2, c3d.integers("POINT:FRAMES")[0]);
    assertFalse(c3d.has("POINT:LONG_FRAMES"));
    assertEquals(2, c3d.headerWord(4));
    assertEquals(3, c3d.headerWord(5));
    assertEquals(2, c3d.first());
    assertEquals(3, c3d.last());
  }

  @Test
  void moreNamesThanAByteCountsGoOnInASecondParameter() throws IOException {
    KeypointSet many = KeypointSet.of("many", 300);
    Recording recording = Recordings.recording(many);
    PersonPose person = Recordings.person(recording, new Random(1)).withId(1);
    List<PoseFrame> frames = List.of(Recordings.frame(recording, 0, 0, List.of(person)));
    Recordings.write("c3d", recording, frames, folder);

    C3dReader c3d = new C3dReader(folder.resolve("walk_1.c3d"));

    List<String> labels = new ArrayList<>(c3d.strings("POINT:LABELS"));
    assertEquals(255, labels.size());
    labels.addAll(c3d.strings("POINT:LABELS2"));
    assertEquals(many.points().stream().map(KeypointSet.Point::name).toList(), labels);
    assertEquals(300, c3d.points(0).length);
  }

  @Test
  void framesThatNoWordCountsAreCountedOtherwise() throws IOException {
    KeypointSet one = KeypointSet.of("one", 1);
    Recording recording = Recordings.recording(one);
    PersonPose person = Recordings.person(recording, new Random(4)).withId(1);
    int count = 70_000;
    try (PoseWriter writer = PoseFormats.of("c3d").open(recording, folder, "walk")) {
      for (int i = 0; i < count; i++) {
        writer.write(
            Recordings.frame(
                recording, i, i / 30.0, i % 1000 == 999 ? List.of() : List.of(person)));
      }
      writer.write(Recordings.frame(recording, count, count / 30.0, List.of(person)));
      writer.finish();
    }

    C3dReader c3d = new C3dReader(folder.resolve("walk_1.c3d"));

    assertEquals(65535, c3d.integers("POINT:FRAMES")[0]);
    assertEquals(count + 1, c3d.floats("POINT:LONG_FRAMES")[0]);
    assertEquals(1, c3d.first());
    assertEquals(count + 1, c3d.last());
    assertEquals(65535, c3d.headerWord(5));
    assertArrayEquals(c3d.points(0)[0], c3d.points(count)[0]);
    assertEquals(Double.NaN, c3d.points(999)[0][0]);
  }
}
