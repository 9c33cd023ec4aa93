package io.github.rtmjava.converter.fuzz;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.SafetensorsFiles;
import io.github.rtmjava.converter.Zip64Files;
import io.github.rtmjava.converter.testing.PickleWriter;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Sound files of every kind, by our own writers: what is mutated. */
final class Seeds {
  /** Checkpoints in the legacy layout. */
  final List<byte[]> legacy = new ArrayList<>();

  /** Checkpoints in the zip layout. */
  final List<byte[]> zip = new ArrayList<>();

  final List<byte[]> safetensors = new ArrayList<>();

  /** Bundles in a zip. */
  final List<byte[]> bundles = new ArrayList<>();

  Seeds() throws IOException {
    Map<String, Tensor> toy = toyWeights();
    Map<String, Tensor> types = everyType();
    Map<String, Object> meta = meta();
    for (Map<String, Tensor> tensors : List.of(toy, types)) {
      legacy.add(TorchFiles.legacy(tensors, meta));
      legacy.add(TorchFiles.legacy(tensors, Map.of()));
      zip.add(TorchFiles.zip(tensors, meta));
      zip.add(Zip64Files.of(TorchFiles.zip(tensors, Map.of())));
      safetensors.add(SafetensorsFiles.of(tensors));
      bundles.add(bundle(tensors));
    }
    zip.add(views());
    for (byte[] pickle : pythonPickles()) {
      zip.add(beside(pickle));
    }
  }

  /** All files. */
  List<byte[]> all() {
    List<byte[]> all = new ArrayList<>(legacy);
    all.addAll(zip);
    all.addAll(safetensors);
    all.addAll(bundles);
    return all;
  }

  /** Weights that fit {@link #toySpec()}. */
  static Map<String, Tensor> toyWeights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    new ToyArchitecture()
        .build(toySpec())
        .weights()
        .forEach((key, shape) -> weights.put(key, MadeWeights.uniform(key, 1, 0.5, shape.dims())));
    return weights;
  }

  static ModelSpec toySpec() {
    return new ModelSpec(
        "toy",
        Task.DETECTION,
        InputSpec.bgr(32, 32),
        new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
        List.of("person"),
        Map.of("width", 4));
  }

  private static Map<String, Tensor> everyType() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      tensors.put(
          "t." + dtype, Tensor.over(dtype, Shape.of(2, 3), ByteBuffer.allocate(6 * dtype.bytes())));
    }
    Tensor shared = MadeWeights.uniform("s", 0, 1, 3);
    tensors.put("shared.a", shared);
    tensors.put("shared.b", shared);
    tensors.put("scalar", MadeWeights.counter(7, Shape.of()));
    tensors.put("empty", MadeWeights.uniform("e", 0, 1, 0, 4));
    return tensors;
  }

  private static Map<String, Object> meta() {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("epoch", 12);
    meta.put("seed", 1L << 40);
    meta.put("lr", 0.004);
    meta.put("CLASSES", PickleWriter.Tuple.of("person", "dog"));
    meta.put("config", "model = dict(type='RTMDet')\n");
    meta.put("nested", Map.of("list", List.of(1, 2, List.of(true, new byte[] {1, 2}))));
    return meta;
  }

  /** Every second column of a matrix, and one element repeated. */
  private static byte[] views() {
    PickleWriter pickle = new PickleWriter().op('}');
    pickle.value("a.weight").value(view(1, List.of(3, 2), List.of(4, 2))).op('s');
    pickle.value("b.weight").value(view(0, List.of(5, 3), List.of(0, 0))).op('s');
    return archive(pickle.toBytes());
  }

  private static PickleWriter.Call view(int offset, List<Integer> shape, List<Integer> strides) {
    PickleWriter.Global type = new PickleWriter.Global("torch", "FloatStorage");
    return new PickleWriter.Call(
        new PickleWriter.Global("torch._utils", "_rebuild_tensor_v2"),
        Arrays.asList(
            new PickleWriter.Persistent(Arrays.asList("storage", type, "0", "cpu", 12)),
            offset,
            new PickleWriter.Tuple(shape),
            new PickleWriter.Tuple(strides)));
  }

  /** A checkpoint of one tensor that holds what another pickle makes as well. */
  private static byte[] beside(byte[] pickle) {
    PickleWriter whole = new PickleWriter().op('}').value("x");
    int start = pickle[0] == (byte) 0x80 ? 2 : 0;
    for (int i = start; i < pickle.length - 1; i++) {
      whole.op(pickle[i] & 0xff);
    }
    whole.op('s').value("a.weight").value(view(0, List.of(12), List.of(1))).op('s');
    return archive(whole.toBytes());
  }

  private static byte[] archive(byte[] pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle);
    entries.put("a/data/0", new byte[48]);
    return TorchFiles.archive(entries);
  }

  private static List<byte[]> pythonPickles() throws IOException {
    List<byte[]> pickles = new ArrayList<>();
    for (String name : List.of("python-pickles.txt", "numpy-pickles.txt")) {
      try (InputStream in =
          Seeds.class.getResourceAsStream("/io/github/rtmjava/converter/" + name)) {
        new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .forEach(line -> pickles.add(HexFormat.of().parseHex(line.substring(2))));
      }
    }
    return pickles;
  }

  private static byte[] bundle(Map<String, Tensor> weights) throws IOException {
    Path folder = Files.createTempDirectory("rtm-seed");
    Path file = folder.resolve("toy.rtm");
    Provenance provenance = new Provenance("toy.pth", "00ff", "test", "Apache-2.0");
    Bundles.write(file, new Model("toy", toySpec(), new MapWeights(weights), provenance), false);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(folder);
    return bytes;
  }

  /** An archive's entries by name. */
  static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        in.transferTo(content);
        entries.put(entry.getName(), content.toByteArray());
      }
    }
    return entries;
  }
}
