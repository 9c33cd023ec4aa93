package io.github.rtmjava.benchmarks.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture with a known number of people, put together from the rendered samples.
 *
 * @param image the samples side by side
 * @param people where each person is
 */
record Scene(Image image, List<Box> people) {
  private static final int TILE_WIDTH = 640;
  private static final int TILE_HEIGHT = 480;

  /** The numbers of people for which there is a picture. */
  static final List<Integer> SIZES = List.of(1, 4, 10);

  /**
   * Puts a picture together.
   *
   * @param samples the folder with the samples: one person in scene 5, three in 3 and in 11
   */
  static Scene of(int people, Path samples) throws IOException {
    return switch (people) {
      case 1 -> of(samples, 1, "scene_05");
      case 4 -> of(samples, 2, "scene_05", "scene_03");
      case 10 -> of(samples, 2, "scene_05", "scene_03", "scene_11", "scene_03");
      default ->
          throw new IllegalArgumentException(
              "expected one of %s, found %s".formatted(SIZES, people));
    };
  }

  private static Scene of(Path samples, int columns, String... names) throws IOException {
    int width = TILE_WIDTH * columns;
    int height = TILE_HEIGHT * ((names.length + columns - 1) / columns);
    byte[] bgr = new byte[3 * width * height];
    List<Box> people = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      int left = TILE_WIDTH * (i % columns);
      int top = TILE_HEIGHT * (i / columns);
      byte[] tile = Images.read(samples.resolve(names[i] + ".png")).bgr();
      for (int y = 0; y < TILE_HEIGHT; y++) {
        int to = 3 * ((top + y) * width + left);
        System.arraycopy(tile, 3 * y * TILE_WIDTH, bgr, to, 3 * TILE_WIDTH);
      }
      JsonNode truth = new ObjectMapper().readTree(samples.resolve(names[i] + ".json").toFile());
      for (JsonNode person : truth.get("people")) {
        people.add(shifted(person.get("bbox"), left, top));
      }
    }
    return new Scene(Image.ofBgr(width, height, bgr), people);
  }

  private static Box shifted(JsonNode box, int left, int top) {
    return new Box(
        left + box.get(0).floatValue(),
        top + box.get(1).floatValue(),
        left + box.get(2).floatValue(),
        top + box.get(3).floatValue());
  }
}
