package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SceneTest {
  static final List<Integer> SIZES = Scene.SIZES;

  @ParameterizedTest
  @FieldSource("SIZES")
  void everybodyIsInThePicture(int people) throws IOException {
    Scene scene = Scene.of(people, samples());
    assertEquals(people, scene.people().size());
    for (Box box : scene.people()) {
      assertTrue(box.x1() >= 0 && box.x2() <= scene.image().width(), box::toString);
      assertTrue(box.y1() >= 0 && box.y2() <= scene.image().height(), box::toString);
    }
  }

  private static Path samples() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("samples"))) {
      folder = folder.getParent();
    }
    return folder.resolve("samples");
  }
}
