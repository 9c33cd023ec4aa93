package io.github.rtmjava.bundle;

import static io.github.rtmjava.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles, written and opened again. */
class BundlesTest {
  @TempDir private Path folder = Path.of("");

  private static Model toy(Map<String, Tensor> weights) {
    return new Model(
        "toy-s",
        ToyArchitecture.spec(4),
        new MapWeights(weights),
        new Provenance("toy.pth", "00ff", "test", "Apache-2.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy", "toy.rtm", "toy.zip"})
  void everythingComesBack(String name) throws IOException {
    Path path = folder.resolve(name);
    Model written = toy(ToyArchitecture.weights());
    Bundles.write(path, written, false);
    Model opened = Bundles.open(path);
    assertTrue(Bundles.isBundle(path));
    assertEquals(Files.isDirectory(path), name.equals("toy"));
    assertEquals("toy-s", opened.name());
    assertEquals(written.spec(), opened.spec());
    assertEquals(written.provenance(), opened.provenance());
    assertSameWeights(ToyArchitecture.weights(), opened);
  }

  static Stream<Codec> poseCodecs() {
    return Stream.of(
        new Codec.Simcc(2, 288, 2.1744869, 5.6),
        new Codec.Dcc(0.1f, 100_000, 0.65f, 1000, 1.25f),
        new Codec.Simcc(1.7777777777777777, 288, 2.1744869, 5.6),
        new Codec.Simcc(2, 0, 0, 0, new Codec.Visibility(900, 1039.5)),
        new Codec.HandVolumes(64, 0.4, 0.3, 255));
  }

  @ParameterizedTest
  @MethodSource("poseCodecs")
  void aPoseModelsSpecificationComesBack(Codec codec) throws IOException {
    ModelSpec spec =
        new ModelSpec(
            "rtmw3d",
            Task.POSE_3D,
            new InputSpec(
                288,
                384,
                InputSpec.ChannelOrder.RGB,
                new float[] {1.1f, 2, 3},
                new float[] {4, 5.5f, 0.1f}),
            codec,
            List.of("coco_wholebody"),
            Map.of("a", 1, "b", -2));
    Path path = folder.resolve("pose.rtm");
    Bundles.write(
        path,
        new Model("p", spec, new MapWeights(Map.of()), new Provenance("s", "h", "c", "unknown")),
        false);
    assertEquals(spec, Bundles.open(path).spec());
  }

  @Test
  void bundlesInMemoryAreRead() throws IOException {
    Path path = folder.resolve("toy.rtm");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    assertSameWeights(
        ToyArchitecture.weights(),
        Bundles.read(new ByteArrayInputStream(Files.readAllBytes(path))));
  }

  @Test
  void sharedTensorsAreStoredOnce() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    Tensor shared = MadeWeights.uniform("big", 0, 1, 64, 64);
    weights.put("x", shared);
    weights.put("y", shared);
    Path path = folder.resolve("toy");
    Bundles.write(path, toy(weights), false);
    assertTrue(Files.size(path.resolve("weights.safetensors")) < 1.5 * 64 * 64 * 4);
    assertSameWeights(weights, Bundles.open(path));

    Path again = folder.resolve("again.rtm");
    Bundles.write(again, Bundles.open(path), false);
    assertTrue(Files.size(again) < 1.5 * 64 * 64 * 4);
    assertSameWeights(weights, Bundles.open(again));
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy", "toy.rtm"})
  void elementsAreAligned(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      weights.put("n".repeat(random.nextInt(1, 70)), MadeWeights.uniform("n", 0, 1, 3));
      weights.put("half", Tensor.over(DType.FLOAT16, Shape.of(3), ByteBuffer.allocate(6)));
      weights.put("count", MadeWeights.counter(5, Shape.of()));
      Path path = folder.resolve(name);
      Bundles.write(path, toy(weights), false);
      BundleWeights opened = (BundleWeights) Bundles.open(path).weights();
      long start = Long.MAX_VALUE;
      for (String key : opened.keys()) {
        Safetensors.Place place = opened.place(key);
        assertEquals(0, place.position() % place.dtype().bytes(), key);
        start = Math.min(start, place.position());
      }
      assertEquals(0, start % 64);
      if (name.endsWith(".rtm")) {
        Zip zip = Zip.open(new ByteSource.OfArray(Files.readAllBytes(path)));
        zip.entries().values().forEach(entry -> assertEquals(0, entry.data() % 64));
      }
    }
  }

  @Test
  void otherProgramsReadTheZip() throws IOException {
    Path path = folder.resolve("toy.zip");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      byte[] weights = zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
      Safetensors found = Safetensors.open(new ByteSource.OfArray(weights));
      assertEquals(ToyArchitecture.weights().keySet(), found.places().keySet());
      assertEquals(2, zip.size());
    }
  }

  @Test
  void halfPrecisionNarrowsAllButVectorsAndOutputLayers() throws IOException {
    Path path = folder.resolve("toy");
    Bundles.write(path, toy(ToyArchitecture.weights()), true);
    Model opened = Bundles.open(path);
    assertEquals(DType.FLOAT16, opened.weights().get("toy.conv.weight").dtype());
    assertEquals(DType.FLOAT32, opened.weights().get("toy.bn.weight").dtype());
    assertEquals(DType.FLOAT32, opened.weights().get("head.weight").dtype());
    assertEquals(DType.INT64, opened.weights().get("toy.bn.num_batches_tracked").dtype());
    float[] expected = ToyArchitecture.weights().get("toy.conv.weight").toFloats();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Float16.toFloat(Float16.fromFloat(expected[i]));
    }
    assertArrayEquals(expected, opened.weights().get("toy.conv.weight").toFloats());
  }

  @Test
  void aliasesOfOutputLayersStayWide() throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Tensor head = MadeWeights.uniform("head.weight", 0, 0.5, 4, 4, 1, 1);
    weights.put("first", head);
    weights.putAll(ToyArchitecture.weights());
    weights.put("head.weight", head);
    Path path = folder.resolve("toy");
    Bundles.write(path, toy(weights), true);
    assertEquals(DType.FLOAT32, Bundles.open(path).weights().get("head.weight").dtype());
  }

  @Test
  void weightsBeyondHalfPrecisionAreNamedAndNothingIsLeft() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.put("toy.conv.weight", Tensor.of(new float[108], 4, 3, 3, 3));
    weights.get("toy.conv.weight").floats().put(7, 65520f);
    assertRefused(
        () -> Bundles.write(folder.resolve("toy"), toy(weights), true),
        "toy.conv.weight holds 65520.0",
        "without --fp16");
    assertEquals(List.of(), files());
  }

  @Test
  void equalModelsGiveEqualFiles() throws IOException {
    Path first = folder.resolve("a.rtm");
    Path second = folder.resolve("b.rtm");
    Bundles.write(first, toy(ToyArchitecture.weights()), false);
    Bundles.write(second, toy(ToyArchitecture.weights()), false);
    assertEquals(-1, Files.mismatch(first, second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"toy", "toy.rtm"})
  void bundlesAreReplaced(String name) throws IOException {
    Path path = folder.resolve(name);
    Bundles.write(path, toy(Map.of("old", MadeWeights.uniform("old", 0, 1, 2))), false);
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    assertSameWeights(ToyArchitecture.weights(), Bundles.open(path));
    assertEquals(List.of(name), files());
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Path path = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(path.resolve("dear.jpg"), "x");
    assertThrows(
        IOException.class, () -> Bundles.write(path, toy(ToyArchitecture.weights()), false));
    assertEquals("x", Files.readString(path.resolve("dear.jpg")));
    assertEquals(List.of("photos"), files());
  }

  @Test
  void weightsThatWereReplacedAreNotMixedUp() throws IOException {
    Path path = folder.resolve("toy.rtm");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    Model opened = Bundles.open(path);
    Map<String, Tensor> others = ToyArchitecture.weights();
    others.put("more", MadeWeights.uniform("more", 0, 1, 100));
    Bundles.write(path, toy(others), false);
    assertThrows(IOException.class, () -> opened.weights().get("head.weight"));
  }

  @Test
  void truncatedBundlesAreRefused() throws IOException {
    Path path = folder.resolve("toy.rtm");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertRefused(() -> Bundles.read(part));
    }
  }

  @Test
  void scrambledBundlesAreReadOrRefused() throws IOException {
    Path path = folder.resolve("toy.rtm");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    byte[] whole = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] scrambled = whole.clone();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        scrambled[random.nextInt(scrambled.length)] = (byte) random.nextInt(256);
      }
      try {
        Bundles.read(scrambled);
      } catch (CheckpointException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "only " + refused + " were noticed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1                 | \"version\" : 9          | newer version of rtm-java",
        "\"type\" : \"boxes\"            | \"type\" : \"heatmap\"   | newer version of rtm-java",
        "\"rtm-java model bundle\"       | \"another\"              | another program",
        "\"width\" : 32                  | \"width\" : \"32\"       | 'input.width'",
        "\"width\" : 32                  | \"width\" : 99999        | input size",
        "\"DETECTION\"                   | \"COOKING\"              | 'task'",
        "\"name\" : \"toy-s\"            | \"nome\" : \"toy-s\"     | 'name'",
        "\"aliases\" : { }               | \"aliases\" : {\"a\":\"b\"} | alias a",
      })
  void contradictionsInTheDescriptionAreRefused(String from, String to, String named)
      throws IOException {
    Path path = folder.resolve("toy");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    Path json = path.resolve("model.json");
    String text = Files.readString(json);
    assertTrue(text.contains(from), text);
    Files.writeString(json, text.replace(from, to));
    assertRefused(() -> Bundles.open(path), named);
  }

  @Test
  void weightsOfAnotherSizeAreRefused() throws IOException {
    Path path = folder.resolve("toy");
    Bundles.write(path, toy(ToyArchitecture.weights()), false);
    Files.write(path.resolve("weights.safetensors"), new byte[10]);
    assertRefused(() -> Bundles.open(path), "10");
  }

  @Test
  void foldersWithoutADescriptionAreNoBundles() throws IOException {
    assertFalse(Bundles.isBundle(folder));
    assertRefused(() -> Bundles.open(folder), "without model.json");
  }

  @Test
  void otherZipsAreNoBundles() throws IOException {
    Path path = folder.resolve("x.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(new byte[3]);
    }
    assertFalse(Bundles.isBundle(path));
    assertRefused(() -> Bundles.open(path), "without");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  private static void assertSameWeights(Map<String, Tensor> expected, Model model)
      throws IOException {
    assertEquals(
        new ArrayList<>(expected.keySet()).stream().sorted().toList(),
        model.weights().keys().stream().sorted().toList());
    for (Map.Entry<String, Tensor> weight : expected.entrySet()) {
      Tensor found = model.weights().get(weight.getKey());
      assertEquals(weight.getValue().toString(), found.toString());
      assertEquals(weight.getValue().bytes(), found.bytes(), weight.getKey());
    }
  }
}
