package io.github.rtmjava.benchmarks.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times the official models, one image at a time, with made-up weights in the shapes that a folder
 * of manifests lists: JSON files with {@code state_dict} (name, shape and type of each tensor) and
 * {@code config.source_config}. Writes what the page about the models shows.
 */
record LatencyRun(Path manifests, int threads, Path target, PrintWriter out) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WARM_UP_NANOS = 2_000_000_000;
  private static final long NANOS = 2_000_000_000;

  void measure(List<Variant> variants) throws IOException {
    ArrayNode rows = JSON.createArrayNode();
    out.println("| model | engine | ms |");
    out.println("|---|---|---|");
    for (Map.Entry<String, JsonNode> entry : chosen().entrySet()) {
      ModelSpec spec = spec(entry.getKey(), entry.getValue());
      for (Variant variant : variants) {
        double millis = time(spec, variant);
        out.printf(
            Locale.ROOT,
            "| %s | %s | %s |%n",
            entry.getKey(),
            variant,
            Numbers.milliseconds(millis));
        ObjectNode row = rows.addObject();
        row.put("model", entry.getKey());
        row.put("engine", variant.engineName());
        row.put("machine", Machine.describe() + "; %s threads".formatted(threads));
        row.put("ms", Double.parseDouble(String.format(Locale.ROOT, "%.3g", millis)));
        row.put("commit", System.getProperty("rtm.commit", "unknown"));
      }
    }
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(rows);
    NewFile.write(target, stream -> stream.write(text));
  }

  /** The manifests of official models, by the models' names. */
  private Map<String, JsonNode> chosen() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(manifests)) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<ZooEntry> zoo = Zoo.open().entries();
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      JsonNode manifest = JSON.readTree(file.toFile());
      String config = manifest.at("/config/source_config").asText().replaceFirst(".*/", "");
      Optional<ZooEntry> official =
          zoo.stream().filter(e -> e.configs().contains(config.replace(".py", ""))).findFirst();
      if (official.isPresent() && !names.contains(official.get().name())) {
        names.add(official.get().name());
        byName.put(official.get().name(), manifest);
      }
    }
    if (byName.isEmpty()) {
      throw new IOException(manifests + ": expected manifests of official models, found none");
    }
    Map<String, JsonNode> inOrder = new LinkedHashMap<>();
    zoo.stream()
        .filter(entry -> byName.containsKey(entry.name()))
        .forEach(entry -> inOrder.put(entry.name(), byName.get(entry.name())));
    return inOrder;
  }

  /** What the architectures say of a file with these shapes; every tensor shares one memory. */
  private static ModelSpec spec(String name, JsonNode manifest) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    long most = 1;
    for (JsonNode tensor : manifest.get("state_dict")) {
      int[] dims = new int[tensor.get("shape").size()];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = tensor.get("shape").get(i).asInt();
      }
      Shape shape = Shape.of(dims);
      shapes.put(tensor.get("key").asText(), shape);
      most = Math.max(most, shape.elements());
    }
    ByteBuffer memory = ByteBuffer.allocate(Math.toIntExact(most * Float.BYTES));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (key, shape) ->
            tensors.put(
                key,
                Tensor.over(
                    DType.FLOAT32,
                    shape,
                    memory.slice(0, Math.toIntExact(shape.elements() * Float.BYTES)))));
    Checkpoint checkpoint = new Checkpoint(name, "made", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
    for (Recognition recognition : Architectures.recognise(checkpoint)) {
      if (recognition instanceof Recognition.Whole whole) {
        return whole.spec();
      }
    }
    throw new IOException(name + ": no architecture recognises the shapes of its manifest");
  }

  private double time(ModelSpec spec, Variant variant) throws IOException {
    Network network = Architectures.named(spec.architecture()).build(spec);
    try (CompiledModel compiled =
            variant.engine().compile(network, new MadeWeights(network), variant.options(threads));
        Session session = compiled.newSession()) {
      Map<String, Tensor> inputs = Subject.inputs(network, 1);
      Timing.run(() -> session.run(inputs), WARM_UP_NANOS);
      long[] nanos = Timing.run(() -> session.run(inputs), NANOS);
      double[] millis = new double[nanos.length];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = nanos[i] / 1e6;
      }
      return Timing.median(millis);
    }
  }
}
