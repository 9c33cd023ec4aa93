package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fills the archive of classes. */
class StartTrainingTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path dir;

  @Test
  void aServiceAnswersAndEnds() {
    assertDoesNotThrow(() -> StartTraining.serve(SAMPLES));
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("serve")));
  }

  @Test
  void aServiceThatFailsCostsNothingElse() throws IOException {
    Path pictures = Files.createDirectory(dir.resolve("in"));
    Images.write(Images.read(SAMPLES.resolve("scene_03.png")), pictures.resolve("a.jpg"));
    assertThrows(IOException.class, () -> StartTraining.serve(pictures));
    assertEquals(0, StartTraining.run(pictures, dir.resolve("out")));
    assertTrue(Files.exists(dir.resolve("out").resolve("a.json")));
  }
}
