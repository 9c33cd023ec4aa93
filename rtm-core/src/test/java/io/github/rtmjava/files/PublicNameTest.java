package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicNameTest {
  @ParameterizedTest
  @CsvSource({
    "/home/ann/clips/walk.mp4, walk.mp4",
    "clips/walk.mp4, walk.mp4",
    "walk.mp4, walk.mp4",
    "../frames/, frames",
    "C:\\Users\\ann\\walk.mp4, walk.mp4",
    "file:///home/ann/walk.mp4, walk.mp4",
    "camera 0, camera 0",
    "/dev/video1, video1",
    "/, /",
    "https://h.example/a/p.jpg?key=secret#x, https://h.example/a/p.jpg",
    "https://ann:secret@h.example:8443/a/p.jpg, https://h.example:8443/a/p.jpg",
    "RTSP://ann:se@cret@cam.example/realmonitor?channel=1, RTSP://cam.example/realmonitor",
    "http://h.example?key=secret, http://h.example"
  })
  void namesNoFolderAndNoSecret(String source, String name) {
    assertEquals(name, PublicName.of(source));
  }
}
