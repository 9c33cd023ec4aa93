package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PoseSpoolTest {
  private static final KeypointSet SET = KeypointSet.of("coco", 17);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasAddedInAnyOrder() throws IOException {
    Random random = new Random(7);
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      frames.add(frame(2 * i, random));
    }
    try (PoseSpool spool = PoseSpool.in(folder)) {
      for (PoseFrame frame : frames) {
        spool.add(frame);
      }
      assertEquals(frames.size(), spool.size());
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < frames.size(); i += 7) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      for (int n : order) {
        assertSame(frames.get(n), spool.get(n));
      }
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    try (PoseSpool spool = PoseSpool.in(folder)) {
      spool.add(frame(0, new Random(1)));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void refusesFramesOfAnotherKind() throws IOException {
    PoseFrame first = frame(0, new Random(1));
    PoseResult other =
        new PoseResult(8, 8, "m", Frame3d.CAMERA, KeypointSet.of("halpe26", 26), List.of());
    try (PoseSpool spool = PoseSpool.in(folder)) {
      spool.add(first);
      assertThrows(IllegalArgumentException.class, () -> spool.add(first.with(other)));
      assertThrows(IndexOutOfBoundsException.class, () -> spool.get(1));
    }
  }

  private static PoseFrame frame(int index, Random random) {
    List<PersonPose> persons = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      persons.add(person(random));
    }
    return new PoseFrame(
        index, index / 25.0, new PoseResult(640, 480, "m", Frame3d.CAMERA, SET, persons));
  }

  private static PersonPose person(Random random) {
    Box box = new Box(random.nextFloat(), 2, 30, 40);
    float[][] depth = rows(random.nextBoolean() ? 17 : 0, 3, random);
    float[] scores = rows(1, 17, random)[0];
    PersonPose person =
        random.nextInt(3) == 0
            ? new PersonPose(
                box,
                random.nextFloat(),
                rows(17, 2, random),
                depth,
                scores,
                new Hands(random.nextBoolean(), random.nextBoolean(), 0.2f, 0.7f, -0.1f))
            : new PersonPose(
                box,
                random.nextFloat(),
                rows(17, 2, random),
                depth,
                scores,
                random.nextBoolean() ? scores : rows(1, 17, random)[0]);
    PersonPose known = random.nextBoolean() ? person : person.withId(1 + random.nextInt(9));
    return random.nextBoolean() ? known : known.asInterpolated();
  }

  private static float[][] rows(int count, int size, Random random) {
    float[][] rows = new float[count][size];
    for (float[] row : rows) {
      for (int i = 0; i < size; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static void assertSame(PoseFrame expected, PoseFrame found) {
    assertEquals(expected.index(), found.index());
    assertEquals(expected.time(), found.time());
    assertEquals(expected.result().size(), found.result().size());
    assertEquals(expected.result().height(), found.result().height());
    for (int i = 0; i < expected.result().size(); i++) {
      PersonPose a = expected.result().persons().get(i);
      PersonPose b = found.result().persons().get(i);
      assertEquals(a.bbox(), b.bbox());
      assertEquals(a.bboxScore(), b.bboxScore());
      assertEquals(a.id(), b.id());
      assertEquals(a.interpolated(), b.interpolated());
      assertEquals(a.hands(), b.hands());
      assertArrayEquals(a.keypoints(), b.keypoints());
      assertArrayEquals(a.keypoints3d(), b.keypoints3d());
      assertArrayEquals(a.scores(), b.scores());
      assertArrayEquals(a.visibilities(), b.visibilities());
    }
  }
}
