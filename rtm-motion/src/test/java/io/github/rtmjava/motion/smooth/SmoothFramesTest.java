package io.github.rtmjava.motion.smooth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.PoseSpool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmoothFramesTest {
  private static final KeypointSet SET = KeypointSet.of("two", 2);
  private static final double RATE = 25;
  private static final int FRAMES = 1500;

  @TempDir Path folder;

  @Test
  void windowsGiveWhatTheWholeTrackGives() throws IOException {
    List<TrackSample> track = new ArrayList<>();
    try (PoseSpool spool = PoseSpool.in(folder)) {
      Random random = new Random(5);
      for (int i = 0; i < FRAMES; i++) {
        PersonPose person = person(100 * Math.sin(i / 20.0) + random.nextGaussian());
        // Somebody is missing where two windows meet, and for longer later on.
        boolean there = !(i > 508 && i < 515) && !(i > 700 && i < 740);
        spool.add(frame(i, there ? List.of(person.withId(4)) : List.of()));
        track.add(new TrackSample(i, i / RATE, there ? person : null));
      }
      List<TrackSample> whole = new Smoother(SmoothOptions.OFFLINE).smooth(track);
      SmoothFrames frames = new SmoothFrames(spool, SmoothOptions.OFFLINE, RATE);
      for (int i = 0; i < FRAMES; i++) {
        PoseFrame found = frames.next();
        PersonPose expected = whole.get(i).pose();
        assertEquals(i, found.index());
        assertEquals(expected == null ? 0 : 1, found.result().size(), "people in frame " + i);
        if (expected != null) {
          PersonPose person = found.result().persons().get(0);
          assertEquals(4, person.id().orElseThrow());
          assertEquals(expected.interpolated(), person.interpolated(), "frame " + i);
          assertEquals(expected.keypoints()[0][0], person.keypoints()[0][0], 1e-3, "frame " + i);
        }
      }
      assertFalse(frames.hasNext());
      assertThrows(NoSuchElementException.class, frames::next);
    }
    assertTrue(folder.toFile().list().length == 0);
  }

  @Test
  void whoHasNoIdStaysAsTheyAre() throws IOException {
    try (PoseSpool spool = PoseSpool.in(folder)) {
      for (int i = 0; i < 50; i++) {
        spool.add(frame(i, List.of(person(i % 2))));
      }
      SmoothFrames frames = new SmoothFrames(spool, SmoothOptions.OFFLINE, RATE);
      for (int i = 0; i < 50; i++) {
        assertEquals(i % 2, frames.next().result().persons().get(0).keypoints()[0][0]);
      }
    }
  }

  private static PersonPose person(double x) {
    return new PersonPose(
        new Box((float) x, 0, (float) x + 50, 100),
        0.9f,
        new float[][] {{(float) x, 10}, {(float) x, 20}},
        new float[][] {{(float) x / 100, 0, 3}, {(float) x / 100, 1, 3}},
        new float[] {1, 1});
  }

  private static PoseFrame frame(int index, List<PersonPose> persons) {
    return new PoseFrame(
        index, index / RATE, new PoseResult(640, 480, "m", Frame3d.CAMERA, SET, persons));
  }
}
