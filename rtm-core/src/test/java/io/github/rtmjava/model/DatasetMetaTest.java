package io.github.rtmjava.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mouse of four keypoints, as checkpoints write it in many ways. */
class DatasetMetaTest {
  private static final List<String> NAMES = List.of("Nose", "L ear", "R ear", "Tail");

  private static Data numbers(Number... values) {
    return new Data.Items(
        Arrays.stream(values)
            .map(
                v ->
                    v instanceof Integer i
                        ? (Data) new Data.Int(i)
                        : new Data.Real(v.doubleValue()))
            .toList());
  }

  private static Data list(Data... values) {
    return new Data.Items(List.of(values));
  }

  private static Data names() {
    Map<String, Data> names = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      names.put(Integer.toString(i), new Data.Text(NAMES.get(i)));
    }
    return new Data.Dict(names);
  }

  private static Map<String, Data> mouse() {
    Map<String, Data> mouse = new LinkedHashMap<>();
    mouse.put("dataset_name", new Data.Text("My-Mouse"));
    mouse.put("keypoint_id2name", names());
    mouse.put("flip_indices", numbers(0, 2, 1, 3));
    mouse.put("skeleton_links", list(numbers(0, 1), numbers(0, 2), numbers(0, 3)));
    mouse.put("sigmas", numbers(0.01, 0.02, 0.02, 0.1));
    mouse.put("keypoint_colors", new Data.Array(Tensor.of(new float[12], 4, 3)));
    mouse.put(
        "skeleton_link_colors",
        new Data.Array(Tensor.of(new float[] {255, 0, 0, 0, 255, 0, 0, 0, 255}, 3, 3)));
    return mouse;
  }

  private static KeypointSet read(Map<String, Data> dataset) throws CheckpointException {
    return DatasetMeta.keypoints(
            new Data.Dict(Map.of("dataset_meta", new Data.Dict(dataset))), 4, "keypoints_4")
        .orElseThrow();
  }

  private static void assertMouse(KeypointSet set) {
    assertEquals("My-Mouse", set.name());
    assertEquals(NAMES, set.names());
    assertEquals(
        List.of(0, 2, 1, 3), set.points().stream().map(KeypointSet.Point::flipped).toList());
    assertEquals(List.of(0, 0, 0), set.links().stream().map(KeypointSet.Link::from).toList());
    assertEquals(List.of(1, 2, 3), set.links().stream().map(KeypointSet.Link::to).toList());
    assertEquals(0.1f, set.points().get(3).sigma());
    assertEquals(0x00ff00, set.links().get(1).rgb());
    assertEquals(0, set.points().get(0).rgb());
    assertTrue(set.knowsMirror() && set.knowsSigmas());
  }

  @Test
  void everySpellingIsRead() throws CheckpointException {
    assertMouse(read(mouse()));

    Map<String, Data> byName = mouse();
    byName.remove("keypoint_id2name");
    Map<String, Data> ids = new LinkedHashMap<>();
    NAMES.forEach(name -> ids.put(name, new Data.Int(NAMES.indexOf(name))));
    byName.put("keypoint_name2id", new Data.Dict(ids));
    byName.remove("flip_indices");
    byName.put("flip_pairs", list(numbers(1, 2), numbers(2, 1)));
    byName.put("skeleton_links", new Data.Array(Tensor.of(new float[] {0, 1, 0, 2, 0, 3}, 3, 2)));
    byName.put("sigmas", new Data.Array(Tensor.of(new float[] {0.01f, 0.02f, 0.02f, 0.1f}, 4)));
    assertMouse(read(byName));

    Map<String, Data> upper = new LinkedHashMap<>();
    mouse().forEach((key, value) -> upper.put(key.toUpperCase(Locale.ROOT), value));
    assertMouse(read(upper));
  }

  @Test
  void theFormOfConfigurationsIsRead() throws CheckpointException {
    Map<String, Data> mouse = mouse();
    mouse.remove("keypoint_id2name");
    mouse.remove("flip_indices");
    mouse.remove("skeleton_links");
    mouse.remove("skeleton_link_colors");
    mouse.remove("keypoint_colors");
    List<String> swaps = List.of("", "R ear", "L ear", "");
    Map<String, Data> points = new LinkedHashMap<>();
    for (int i = 3; i >= 0; i--) {
      points.put(
          Integer.toString(i),
          new Data.Dict(
              Map.of(
                  "name",
                  new Data.Text(NAMES.get(i)),
                  "id",
                  new Data.Int(i),
                  "color",
                  numbers(0, 0, 0),
                  "swap",
                  new Data.Text(swaps.get(i)))));
    }
    mouse.put("keypoint_info", new Data.Dict(points));
    Map<String, Data> links = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      links.put(
          Integer.toString(i),
          new Data.Dict(
              Map.of(
                  "link",
                  list(new Data.Text("Nose"), new Data.Text(NAMES.get(i + 1))),
                  "color",
                  numbers(0, i == 1 ? 255 : 0, 0))));
    }
    mouse.put("skeleton_info", new Data.Dict(links));
    assertMouse(read(mouse));
  }

  @Test
  void whatIsNotSaidIsNotKnown() throws CheckpointException {
    KeypointSet set = read(Map.of("keypoint_id2name", names()));
    assertEquals("keypoints_4", set.name());
    assertEquals(NAMES, set.names());
    assertEquals(List.of(), set.links());
    assertFalse(set.knowsMirror() || set.knowsSigmas());
  }

  @Test
  void namesOfAKnownSetBringTheRestOfItAlong() throws CheckpointException {
    KeypointSet coco = KeypointSet.of("coco", 17);
    Map<String, Data> names = new LinkedHashMap<>();
    coco.names().forEach(n -> names.put(Integer.toString(names.size()), new Data.Text(n)));
    Data.Dict meta =
        new Data.Dict(
            Map.of(
                "dataset_meta", new Data.Dict(Map.of("keypoint_id2name", new Data.Dict(names)))));
    assertEquals(coco, DatasetMeta.keypoints(meta, 17, "coco").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip_indices|0,2,1|expected 4 numbers in flip_indices",
        "flip_indices|0,2,3,1|found keypoint 1 (L ear) to become 2 (R ear), which becomes 3",
        "flip_indices|0,9,1,3|found keypoint 1 (L ear) to become 9",
        "sigmas|1,2|expected 4 numbers in sigmas",
        "skeleton_links|0,1|expected pairs of keypoints in skeleton_links",
      })
  void wrongNumbersAreShown(String line) {
    String[] part = line.split("\\|", -1);
    Map<String, Data> mouse = mouse();
    mouse.put(
        part[0],
        numbers(
            Arrays.stream(part[1].split(",", -1)).map(Integer::valueOf).toArray(Integer[]::new)));
    CheckpointException e = assertThrows(CheckpointException.class, () -> read(mouse));
    assertTrue(e.getMessage().contains(part[2]), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void wrongPairsAreShown() {
    Map<String, Data> mouse = mouse();
    mouse.put("skeleton_links", list(numbers(0, 1), numbers(0, 4)));
    CheckpointException e = assertThrows(CheckpointException.class, () -> read(mouse));
    assertTrue(e.getMessage().contains("found (0, 4)"), e.getMessage());
    Map<String, Data> pairs = mouse();
    pairs.remove("flip_indices");
    pairs.put("flip_pairs", list(numbers(1, 2), numbers(1, 3)));
    e = assertThrows(CheckpointException.class, () -> read(pairs));
    assertTrue(e.getMessage().contains("found 1 with 2 and with 3"), e.getMessage());
  }

  @Test
  void anotherNumberOfNamesIsRefused() {
    Data.Dict meta = new Data.Dict(Map.of("dataset_meta", new Data.Dict(mouse())));
    CheckpointException e =
        assertThrows(
            CheckpointException.class, () -> DatasetMeta.keypoints(meta, 5, "keypoints_5"));
    assertTrue(
        e.getMessage().contains("the 5 keypoints that the network finds, found 4 (Nose, …)"),
        e.getMessage());
  }
}
