package io.github.rtmjava.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.video.VideoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordedFramesTest {
  private static final KeypointSet SET = KeypointSet.of("coco", 17);
  private static final Recording RECORDING =
      new Recording(
          "walk.mp4", 640, 480, 25, 3, "m", Frame3d.CAMERA, SET, Camera.nominal(640, 480));

  @TempDir private Path folder;
  private Path lines;

  @BeforeEach
  void name() {
    lines = folder.resolve("walk.jsonl");
  }

  private static RecordingOptions options(boolean single, RefineOptions refining) {
    return new RecordingOptions(
        VideoOptions.all(),
        FollowOptions.DEFAULT,
        single,
        refining,
        /* angles= */ false,
        DrawOptions.of(0.3f),
        /* audio= */ false);
  }

  /** People of ids; each is larger than the one before. */
  private static PoseFrame frame(int index, int... ids) {
    List<PersonPose> persons = new ArrayList<>();
    for (int id : ids) {
      persons.add(
          new PersonPose(
                  new Box(0, 0, 10 * id, 10 * id),
                  0.9f,
                  new float[17][2],
                  new float[17][3],
                  new float[17],
                  new float[17])
              .withId(id));
    }
    return new PoseFrame(
        index, index / 25.0, new PoseResult(640, 480, "m", Frame3d.CAMERA, SET, persons));
  }

  @Test
  void linesAreThereWhileFramesCome() throws IOException {
    try (RecordedFrames frames =
        RecordedFrames.begin(
            folder, RECORDING, options(false, RefineOptions.DEFAULT), false, lines)) {
      assertFalse(Files.exists(lines));
      frames.add(frame(0, 1));
      assertEquals(Optional.of(lines), frames.written());
      frames.add(frame(1, 1, 2));
      PoseSpool all = frames.complete(() -> {});
      assertEquals(2, all.size());
      assertEquals(2, frames.people());
    }
    List<String> written = Files.readAllLines(lines);
    assertEquals(3, written.size());
    assertTrue(written.get(2).contains("\"id\":2"), () -> written.get(2));
  }

  @Test
  void oneIsKeptWhoIsKnownInTheEnd() throws IOException {
    try (RecordedFrames frames =
        RecordedFrames.begin(
            folder, RECORDING, options(true, RefineOptions.DEFAULT), false, lines)) {
      frames.add(frame(0, 1));
      frames.add(frame(1, 1, 3));
      frames.add(frame(2, 2));
      assertFalse(Files.exists(lines));
      PoseSpool kept = frames.complete(() -> {});
      assertEquals(3, kept.size());
      assertEquals(0, kept.get(0).result().size());
      assertEquals(3, kept.get(1).result().persons().get(0).id().orElse(0));
      assertEquals(0, kept.get(2).result().size());
      assertEquals(1, frames.people());
    }
    assertEquals(4, Files.readAllLines(lines).size());
  }

  @Test
  void ofALiveSourceLinesDoNotWait() throws IOException {
    try (RecordedFrames frames =
        RecordedFrames.begin(
            folder, RECORDING, options(true, RefineOptions.DEFAULT), true, lines)) {
      frames.add(frame(0, 1));
      assertTrue(Files.exists(lines));
      assertEquals(1, frames.complete(() -> {}).size());
    }
  }

  @Test
  void partsAreRemovedWhereTheyAreNotWanted() throws IOException {
    try (RecordedFrames frames =
        RecordedFrames.begin(
            folder, RECORDING, options(true, RefineOptions.DEFAULT), false, lines)) {
      frames.add(frame(0, 1));
      frames.add(frame(1, 1));
      int[] seen = {0};
      assertThrows(
          CancellationException.class,
          () ->
              frames.complete(
                  () -> {
                    if (++seen[0] == 2) {
                      throw new CancellationException();
                    }
                  }));
      assertTrue(Files.exists(lines));
      frames.discard();
      assertFalse(Files.exists(lines));
      assertEquals(Optional.empty(), frames.written());
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aLineIsInTheFrameThatIsAskedForUnlessThatIsKnownOnlyInTheEnd() throws IOException {
    for (Frame3d frame : List.of(Frame3d.Z_UP, Frame3d.WORLD)) {
      RefineOptions refining =
          new RefineOptions(
              RefineOptions.DEFAULT.smoothing(), false, /* personHeight= */ null, null, frame);
      try (RecordedFrames frames =
          RecordedFrames.begin(folder, RECORDING, options(false, refining), false, lines)) {
        frames.add(frame(0, 1));
        assertEquals(Frame3d.CAMERA, frames.complete(() -> {}).get(0).result().frame());
      }
      String head = Files.readAllLines(lines).get(0);
      String expected = frame == Frame3d.WORLD ? "camera" : "z_up";
      assertTrue(head.contains("\"frame\":\"" + expected + "\""), head);
    }
  }
}
