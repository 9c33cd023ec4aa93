package io.github.rtmjava.server.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The limits of what streams record. */
final class RecordingsTest {
  private static final KeypointSet SET = KeypointSet.of("coco", 17);
  private static final Recording ABOUT =
      new Recording("stream", 640, 480, 0, 0, "m", Frame3d.CAMERA, SET, null);

  private static Recordings recordings(String name, String value) {
    return new Recordings(ServerLimits.DEFAULT.with(name, value), new ServerMetrics());
  }

  private static Optional<String> add(LiveRecording recording, int index) throws IOException {
    PoseResult nobody = new PoseResult(640, 480, "m", Frame3d.CAMERA, SET, List.of());
    return recording.add(new PoseFrame(index, index / 25.0, nobody), () -> ABOUT);
  }

  @Test
  void oneHasSoManyFrames() throws IOException {
    try (Recordings recordings = recordings("record-frames", "3")) {
      LiveRecording recording = recordings.begin("a");
      for (int i = 0; i < 3; i++) {
        assertEquals(Optional.empty(), add(recording, i));
      }
      assertTrue(add(recording, 3).orElseThrow().contains("at most 3 frames"));
      assertEquals(3, recording.frames());
      assertEquals(Optional.empty(), add(recordings.begin("a"), 0));
    }
  }

  @Test
  void allOfThemShareTheDisk() throws IOException {
    try (Recordings recordings = recordings("record-bytes", "60")) {
      LiveRecording one = recordings.begin("a");
      LiveRecording two = recordings.begin("b");
      int kept = 0;
      Optional<String> full = Optional.empty();
      while (full.isEmpty()) {
        assertTrue(kept < 100, "never full");
        full = add(kept % 2 == 0 ? one : two, kept);
        kept += full.isEmpty() ? 1 : 0;
      }
      assertTrue(full.orElseThrow().contains("disk"), full::toString);
      assertTrue(kept > 1);
      ProblemException refused = assertThrows(ProblemException.class, () -> recordings.begin("c"));
      assertEquals(Reason.MEMORY_FULL, refused.reason());
      one.close();
      assertEquals(Optional.empty(), add(two, kept));
    }
  }

  @Test
  void theOldestOfAClientMakesRoomOnceItHasEnded() {
    try (Recordings recordings = recordings("recordings", "2")) {
      LiveRecording other = recordings.begin("b");
      LiveRecording first = recordings.begin("a");
      LiveRecording second = recordings.begin("a");
      assertEquals(
          Reason.STREAMS_FULL,
          assertThrows(ProblemException.class, () -> recordings.begin("a")).reason());
      second.end();
      LiveRecording third = recordings.begin("a");
      assertTrue(recordings.find(second.id()).isEmpty());
      for (LiveRecording kept : List.of(other, first, third)) {
        assertTrue(recordings.find(kept.id()).isPresent());
      }
    }
  }

  @Test
  void whatHasEndedIsKeptForATime() throws Exception {
    try (Recordings recordings = recordings("record-age", "1ms")) {
      LiveRecording on = recordings.begin("a");
      LiveRecording ended = recordings.begin("a");
      add(ended, 0);
      ended.end();
      while (recordings.find(ended.id()).isPresent()) {
        Thread.sleep(5);
      }
      assertTrue(recordings.find(on.id()).isPresent());
      assertFalse(ended.read(frame -> {}));
    }
    try (Recordings recordings = recordings("record-age", "1h")) {
      LiveRecording ended = recordings.begin("a");
      add(ended, 0);
      ended.end();
      assertTrue(ended.read(frame -> {}));
      assertTrue(recordings.find(ended.id()).isPresent());
    }
  }
}
