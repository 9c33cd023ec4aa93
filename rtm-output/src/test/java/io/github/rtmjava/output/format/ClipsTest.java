package io.github.rtmjava.output.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.output.format.mocap.TrcReader;
import io.github.rtmjava.output.format.table.NpzFileTest;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes a rendered clip in every format, into {@code target/outputs}, where readers that are not
 * Java find it; see {@code docs/outputs.md}.
 */
class ClipsTest {
  private static final Path FOLDER = Path.of("target", "outputs");

  @Test
  void aClipIsWrittenInAllFormatsAtOnce() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    List<PoseFrame> frames = Recordings.clip("clip_00", recording);
    try (PoseWriter writer = PoseFormats.open(PoseFormats.all(), recording, FOLDER, "walk")) {
      for (PoseFrame frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
    assertEquals(250, frames.size());
    Poses.found(frames).assertSameAs(TrcReader.readAll(FOLDER, frames).turned(), 1e-6);
    Poses.deep(frames).assertSameAs(NpzFileTest.poses(FOLDER, "keypoints_3d"), 0);
  }
}
