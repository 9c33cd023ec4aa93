package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendered clips, against the times of their ground truth. */
class SharedClipsTest {
  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_01", "clip_02"})
  void everyFrameComesAtItsTime(String name) throws IOException {
    JsonNode truth;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(SharedData.path("clips/" + name + ".json.gz")))) {
      truth = new ObjectMapper().readTree(in).get("frames");
    }
    List<VideoFrame> frames = Sample.read(SharedData.path("clips/" + name + ".mp4"));
    assertEquals(truth.size(), frames.size());
    for (int i = 0; i < frames.size(); i++) {
      assertEquals(truth.get(i).get("frame").asLong(), frames.get(i).index());
      assertEquals(truth.get(i).get("time_s").asDouble(), frames.get(i).time(), 1e-4);
    }
  }
}
