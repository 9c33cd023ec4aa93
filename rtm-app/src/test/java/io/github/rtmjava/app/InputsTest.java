package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Picture;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir Path dir;

  @BeforeEach
  void fill() throws IOException {
    for (String name : List.of("mixed/a.mp4", "mixed/b.JPG", "videos/c.MOV", "pictures/d.png")) {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
  }

  @Test
  void foldersHoldPicturesAndVideos() {
    Inputs found =
        Inputs.of(List.of(path("mixed"), path("videos"), path("pictures")), null, Redirects.PUBLIC);
    assertEquals(List.of(path("mixed/b.JPG"), path("pictures/d.png")), pictures(found));
    assertEquals(List.of(path("mixed/a.mp4"), path("videos/c.MOV")), videos(found));
    assertEquals(List.of(), found.problems());
  }

  @Test
  void patternsFindBoth() {
    Inputs found = Inputs.of(List.of(dir + "/mixed/*"), null, Redirects.PUBLIC);
    assertEquals(1, found.pictures().size());
    assertEquals(1, found.videos().size());
  }

  @Test
  void eachVideoOnce() {
    Inputs found = Inputs.of(List.of(path("mixed/a.mp4"), path("mixed")), null, Redirects.PUBLIC);
    assertEquals(1, found.videos().size());
  }

  @Test
  void aFrameRateMakesFoldersVideos() {
    Inputs found = Inputs.of(List.of(path("pictures")), 12.5, Redirects.PUBLIC);
    VideoSource.Folder folder = assertInstanceOf(VideoSource.Folder.class, found.videos().get(0));
    assertEquals(12.5, folder.frameRate());
    assertTrue(found.pictures().isEmpty());
  }

  @Test
  void camerasAndStreams() {
    Inputs found =
        Inputs.of(
            List.of(
                "webcam",
                "webcam:2",
                "/dev/video1",
                "rtsp://host/door",
                "https://host/a.mp4?x=1",
                "https://host/b.jpg"),
            null,
            Redirects.PUBLIC);
    assertEquals(
        List.of("camera 0", "camera 2", "/dev/video1", "rtsp://host/door", "https://host/a.mp4"),
        videos(found));
    assertEquals(1, found.pictures().size());
  }

  @Test
  void whatIsMissingIsToldAndTheRestIsFound() {
    Inputs found =
        Inputs.of(List.of(path("none.mp4"), path("mixed/a.mp4")), null, Redirects.PUBLIC);
    assertEquals(1, found.videos().size());
    assertEquals(1, found.problems().size());
    assertTrue(found.problems().get(0).contains("none.mp4"));
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private static List<String> pictures(Inputs found) {
    return found.pictures().stream().map(Picture::name).toList();
  }

  private static List<String> videos(Inputs found) {
    return found.videos().stream().map(VideoSource::name).toList();
  }
}
