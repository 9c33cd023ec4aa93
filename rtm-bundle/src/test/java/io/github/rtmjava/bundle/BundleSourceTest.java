package io.github.rtmjava.bundle;

import static io.github.rtmjava.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles by their paths; there is no converter on the class path of these tests. */
class BundleSourceTest {
  @TempDir private Path folder = Path.of("");

  private Path bundle(String name, Map<String, Tensor> weights) throws IOException {
    Path path = folder.resolve(name);
    Model model =
        new Model(
            "toy-s",
            ToyArchitecture.spec(4),
            new MapWeights(weights),
            new Provenance("toy.pth", "00ff", "test", "Apache-2.0"));
    Bundles.write(path, model, false);
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy", "toy.rtm"})
  void bundlesAreOpenedWithoutTheConverter(String name) throws IOException {
    Path path = bundle(name, ToyArchitecture.weights());
    assertEquals("toy-s", ModelSources.open(path.toString()).name());
  }

  @Test
  void weightsThatDoNotFitTheNetworkAreRefused() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.remove("head.bias");
    Path path = bundle("toy.rtm", weights);
    assertRefused(
        () -> ModelSources.open(path.toString()), "toy.rtm: expected the weight head.bias");
  }

  @Test
  void whatIsNoBundleIsLeftToOthers() throws IOException {
    Path file = Files.writeString(folder.resolve("toy.pth"), "x");
    for (Path path : new Path[] {folder, file, folder.resolve("none")}) {
      FileNotFoundException e =
          assertThrows(FileNotFoundException.class, () -> ModelSources.open(path.toString()));
      assertEquals(
          "there is no model '%s': expected the path of a bundle".formatted(path), e.getMessage());
    }
  }
}
