package io.github.rtmjava.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.bundle.ModelNote;
import io.github.rtmjava.bundle.Zip;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.SharedData;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for other programs, and the way back. */
class ExportsTest {
  private static final String WEIGHTS = "weights.safetensors";

  @TempDir private Path folder = Path.of("");

  private static Model model(Map<String, Tensor> weights) {
    return new Model(
        "toy-s",
        ToyArchitecture.spec(4),
        new MapWeights(weights),
        new Provenance("toy.pth", "00ff", "test", "Apache-2.0"));
  }

  /** One tensor of every type, with random bits; a scalar, an empty one, one under two names. */
  private static Map<String, Tensor> everyKind() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      byte[] bytes = new byte[15 * dtype.bytes()];
      random.nextBytes(bytes);
      if (dtype == DType.BOOL) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] &= 1;
        }
      }
      tensors.put("a." + dtype, Tensor.over(dtype, Shape.of(3, 5), ByteBuffer.wrap(bytes)));
      tensors.put("b.empty." + dtype, Tensor.over(dtype, Shape.of(2, 0), ByteBuffer.allocate(0)));
    }
    tensors.put("c.scalar", MadeWeights.counter(1L << 40, Shape.of()));
    tensors.put("d.alias", tensors.get("a.FLOAT32"));
    return tensors;
  }

  private static void assertEqualTensors(Map<String, Tensor> expected, Checkpoint found) {
    assertEquals(expected.keySet(), found.tensors().keySet());
    expected.forEach(
        (key, tensor) -> {
          assertEquals(tensor.toString(), found.tensors().get(key).toString(), key);
          assertEquals(tensor.bytes(), found.tensors().get(key).bytes(), key);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PTH", "SAFETENSORS"})
  void everyKindOfTensorComesBackBitForBit(ExportFormat format) throws IOException {
    Path file = folder.resolve("file");
    Exports.write(file, model(everyKind()), format);
    Checkpoint found = Checkpoints.read(file);
    assertEqualTensors(everyKind(), found);
    assertSame(found.tensors().get("a.FLOAT32"), found.tensors().get("d.alias"));
    assertNotSame(found.tensors().get("a.FLOAT32"), found.tensors().get("a.FLOAT64"));
  }

  @ParameterizedTest
  @CsvSource({"PTH,false", "PTH,true", "SAFETENSORS,false", "SAFETENSORS,true"})
  void theFileBecomesTheSameBundleAndTheBundleTheSameFile(ExportFormat format, boolean fp16)
      throws IOException {
    Path first = folder.resolve("first");
    Bundles.write(first, model(ToyArchitecture.weights()), fp16);
    Path exported = folder.resolve("exported");
    Exports.write(exported, Bundles.open(first), format);
    Path second = folder.resolve("second");
    Bundles.write(second, Conversion.open(exported, ConversionOptions.DEFAULT), false);
    Path again = folder.resolve("again");
    Exports.write(again, Bundles.open(second), format);
    assertEquals(-1, Files.mismatch(first.resolve(WEIGHTS), second.resolve(WEIGHTS)));
    assertEquals(-1, Files.mismatch(exported, again));
    assertEquals(Bundles.open(first).spec(), Bundles.open(second).spec());
    assertEquals("toy-s", Bundles.open(second).name());
    assertEquals("Apache-2.0", Bundles.open(second).provenance().licence());
  }

  @ParameterizedTest
  @EnumSource(names = {"PTH", "SAFETENSORS"})
  void whatNoCheckpointHoldsComesBack(ExportFormat format) throws IOException {
    Path pth = folder.resolve("toy.pth");
    TorchFiles.legacy(pth, ToyArchitecture.weights(), Map.of());
    ConversionOptions options =
        new ConversionOptions("mine", new ConversionOptions.Size(64, 96), 0.7f, "MIT");
    Model made = Conversion.open(pth, options);
    Path exported = folder.resolve("exported");
    Exports.write(exported, made, format);
    Model back = Conversion.open(exported, ConversionOptions.DEFAULT);
    assertEquals(made.spec(), back.spec());
    assertEquals("mine", back.name());
  }

  @Test
  void aNoteOfAnotherNetworkIsPassedOver() throws IOException {
    Path file = folder.resolve("trained.pth");
    String note = new ModelNote("toy-s", "MIT", ToyArchitecture.spec(8)).text();
    TorchFiles.zip(file, ToyArchitecture.weights(), Map.of(ModelNote.KEY, note));
    Model model = Conversion.open(file, ConversionOptions.DEFAULT);
    assertEquals(ToyArchitecture.spec(4), model.spec());
    assertEquals("trained", model.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"version\": 2}", "{\"version\": 1}"})
  void aDamagedNoteIsPassedOver(String note) throws IOException {
    Path file = folder.resolve("toy.pth");
    TorchFiles.zip(file, ToyArchitecture.weights(), Map.of(ModelNote.KEY, note));
    assertEquals(ToyArchitecture.spec(4), Conversion.open(file, ConversionOptions.DEFAULT).spec());
  }

  @Test
  void plainMetadataIsKeptAndOtherObjectsAreNot() throws IOException {
    Path file = folder.resolve("toy.pth");
    Map<String, Data> inner = new LinkedHashMap<>();
    inner.put("classes", new Data.Items(List.of(new Data.Text("dog"))));
    inner.put("object", new Data.Opaque("evil.Class", List.of(), null));
    Map<String, Data> meta = new LinkedHashMap<>();
    meta.put("epoch", new Data.Int(1L << 35));
    meta.put("rate", new Data.Real(0.125));
    meta.put("done", new Data.Bool(true));
    meta.put("none", new Data.None());
    meta.put("bytes", new Data.Bytes(new byte[3]));
    meta.put("mixed", new Data.Items(List.of(new Data.Opaque("x", List.of(), null))));
    meta.put("dataset_meta", new Data.Dict(inner));
    Model plain = model(ToyArchitecture.weights());
    Model model =
        new Model(
            plain.name(), plain.spec(), plain.weights(), plain.provenance(), new Data.Dict(meta));
    Path bundle = folder.resolve("toy.rtm");
    Bundles.write(bundle, model, false);
    Exports.write(file, Bundles.open(bundle), ExportFormat.PTH);
    Map<String, Data> found = new LinkedHashMap<>(Checkpoints.read(file).meta().values());
    assertTrue(found.remove(ModelNote.KEY) instanceof Data.Text);
    meta.remove("bytes");
    meta.remove("mixed");
    inner.remove("object");
    meta.put("dataset_meta", new Data.Dict(inner));
    assertEquals(meta, found);
  }

  @Test
  void aDetectorsClassesStandWhereUpstreamLooksForThem() throws IOException {
    Path file = folder.resolve("toy.pth");
    Exports.write(file, model(ToyArchitecture.weights()), ExportFormat.PTH);
    assertEquals(
        new Data.Items(List.of(new Data.Text("person"))),
        Checkpoints.read(file).meta().at("dataset_meta", "classes").orElseThrow());
  }

  @Test
  void storagesAreAlignedAndSharedAndHaveChecksums() throws IOException {
    Path file = folder.resolve("toy.pth");
    Exports.write(file, model(everyKind()), ExportFormat.PTH);
    Zip zip = Zip.open(new ByteSource.OfArray(Files.readAllBytes(file)));
    assertEquals(everyKind().size() - 1 + 3, zip.entries().size());
    for (Zip.Entry entry : zip.entries().values()) {
      assertFalse(entry.deflated(), entry.name());
      assertEquals(0, entry.data() % 64, entry.name());
      zip.read(entry); // compares the checksum
    }
    assertEquals("archive/data.pkl", zip.entries().keySet().iterator().next());
    assertTrue(zip.entries().containsKey("archive/version"));
    assertTrue(zip.entries().containsKey("archive/byteorder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pth/rtmdet_nano_320_hand.train_ema.pth", "pth/rtmw3d-tiny_384x288.pth"})
  void upstreamsFilesComeBack(String name) throws IOException {
    Path file = SharedData.path("oracle").resolve(name);
    Checkpoint origin = Checkpoints.read(file);
    Model model = Conversion.open(file, ConversionOptions.DEFAULT);
    for (ExportFormat format : List.of(ExportFormat.PTH, ExportFormat.SAFETENSORS)) {
      Path exported = folder.resolve("exported");
      Exports.write(exported, model, format);
      assertEqualTensors(origin.tensors(), Checkpoints.read(exported));
    }
  }

  @Test
  void nothingIsLeftOfAnExportThatFails() {
    assertThrows(
        IOException.class,
        () ->
            Exports.write(
                folder.resolve("toy.fb"), model(ToyArchitecture.weights()), ExportFormat.SAMEDIFF));
    assertEquals(List.of(), files());
  }

  @Test
  void aMissingExporterIsNamed() {
    Failures.assertRefused(
        () ->
            Exports.write(
                folder.resolve("toy.fb"), model(ToyArchitecture.weights()), ExportFormat.SAMEDIFF),
        "io.github.rtmjava:rtm-samediff");
  }

  private List<String> files() {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(p -> String.valueOf(p.getFileName())).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
