package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The datasets' metadata against upstream's. */
class KeypointSetsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"coco", "halpe26", "coco_wholebody_hand", "coco_wholebody", "interhand3d"})
  void matchesUpstream(String dataset) throws IOException {
    JsonNode expected =
        new ObjectMapper()
            .readTree(SharedData.path("oracle/dataset_meta/" + dataset + ".json").toFile());
    int count = expected.get("num_keypoints").asInt();
    KeypointSet set = KeypointSet.of(dataset, count);
    for (int i = 0; i < count; i++) {
      KeypointSet.Point point = set.points().get(i);
      assertEquals(expected.get("keypoint_id2name").get("" + i).asText(), point.name());
      assertEquals(expected.get("flip_indices").get(i).asInt(), point.flipped());
      if (!expected.get("sigmas").isEmpty()) {
        assertEquals(expected.get("sigmas").get(i).asDouble(), point.sigma(), 1e-6);
      }
      assertEquals(rgb(expected.get("keypoint_colors").get(i)), point.rgb());
    }
    assertEquals(expected.get("skeleton_links").size(), set.links().size());
    for (int i = 0; i < set.links().size(); i++) {
      KeypointSet.Link link = set.links().get(i);
      assertEquals(expected.get("skeleton_links").get(i).get(0).asInt(), link.from());
      assertEquals(expected.get("skeleton_links").get(i).get(1).asInt(), link.to());
      assertEquals(rgb(expected.get("skeleton_link_colors").get(i)), link.rgb());
    }
  }

  private static int rgb(JsonNode colour) {
    return (colour.get(0).asInt() << 16) | (colour.get(1).asInt() << 8) | colour.get(2).asInt();
  }
}
