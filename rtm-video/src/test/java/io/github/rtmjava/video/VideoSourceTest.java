package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoSourceTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void namesMeanWhatTheyLookLike() throws IOException {
    assertEquals(new VideoSource.Camera("0"), VideoSource.of("0"));
    assertEquals(new VideoSource.Camera("/dev/video2"), VideoSource.of("/dev/video2"));
    assertEquals(new VideoSource.Camera("My Camera"), VideoSource.of("video=My Camera"));
    assertEquals(new VideoSource.Folder(dir, 30), VideoSource.of(dir.toString()));
    assertEquals(new VideoSource.File(Path.of("a.mp4")), VideoSource.of("a.mp4"));
    assertTrue(VideoSource.of("RTSP://camera:554/live") instanceof VideoSource.Address);
  }

  @Test
  void namesTellNoSecrets() throws IOException {
    assertEquals(
        "rtsp://camera:554/live", VideoSource.of("rtsp://me:secret@camera:554/live?k=1").name());
  }

  @Test
  void otherProtocolsAreRefused() {
    for (String name : new String[] {"file:///etc/passwd", "concat://a", "http://", "xy://y z"}) {
      assertThrows(VideoException.class, () -> VideoSource.of(name), name);
    }
  }

  @Test
  void aNameThatIsAProtocolOfFfmpegIsAFile() {
    for (String name : new String[] {"concat:a.mp4|b.mp4", "subfile,,start,0,end,9,,:a.mp4"}) {
      VideoException e =
          assertThrows(
              VideoException.class,
              () -> VideoReader.open(VideoSource.of(name), VideoOptions.all()));
      assertEquals(name + ": expected a video, found no such file", e.getMessage());
    }
  }

  @Test
  void aFileNamedLikeAProtocolOpens() throws IOException {
    Path file = Files.copy(Sample.CLIP, dir.resolve("concat:clip.mp4"));
    assertEquals(240, Sample.info(file).frames());
  }

  @Test
  void aMissingCameraIsOneLine() {
    VideoException e =
        assertThrows(
            VideoException.class,
            () -> VideoReader.open(new VideoSource.Camera("987"), VideoOptions.all()));
    assertTrue(String.valueOf(e.getMessage()).startsWith("camera 987: expected a camera, "));
  }
}
