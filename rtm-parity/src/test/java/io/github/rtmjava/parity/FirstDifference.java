package io.github.rtmjava.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Finds the first layer that differs from upstream: prints, for each module that upstream traced
 * and this network has, the largest difference of the sampled values as a share of their range.
 *
 * <p>Run with the name of a model: {@code FirstDifference rtmdet_m_640_person [engine]}.
 */
final class FirstDifference {
  private FirstDifference() {}

  public static void main(String[] args) throws IOException {
    Golden golden = Golden.of(args[0]);
    Model model = golden.model();
    Network network = model.network();
    Map<String, Value> values = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      node.outputs().forEach(output -> values.put(output.name(), output));
    }
    Map<String, Value> traced = new LinkedHashMap<>();
    JsonNode trace = trace(args[0]);
    for (JsonNode module : trace) {
      counterpart(module.get("name").asText(), values)
          .ifPresent(value -> traced.put(module.get("name").asText(), value));
    }
    Network all = new Network(network.name(), network.inputs(), network.nodes(), traced);
    String engine = args.length > 1 ? args[1] : "auto";
    try (CompiledModel compiled =
            Engines.choose(engine, "auto")
                .engine()
                .compile(all, model.weights(), EngineOptions.DEFAULT);
        Session session = compiled.newSession()) {
      Tensor input = Tensor.allocate(DType.FLOAT32, network.inputs().get(0).shape().withBatch(1));
      String picture =
          Stream.of("crop_bgr_u8_hwc", "padded_bgr_u8_hwc", "input_bgr_u8_hwc")
              .filter(name -> golden.has(0, name))
              .findFirst()
              .orElseThrow();
      new ImageNormalizer(model.spec().input()).normalize(golden.picture(0, picture), input, 0);
      Map<String, Tensor> outputs = session.run(Map.of("image", input));
      for (JsonNode module : trace) {
        Tensor output = outputs.get(module.get("name").asText());
        if (output != null) {
          report(module, output);
        }
      }
    }
  }

  /** A module that ends in an activation is the activation's value. */
  private static Optional<Value> counterpart(String module, Map<String, Value> values) {
    if (values.containsKey(module + ".activate")) {
      return Optional.of(values.get(module + ".activate"));
    }
    boolean plain =
        values.containsKey(module) && !values.containsKey(module.replace(".conv", ".bn"));
    return plain ? Optional.of(values.get(module)) : Optional.empty();
  }

  private static void report(JsonNode module, Tensor output) {
    float[] found = output.toFloats();
    double worst = 0;
    for (int i = 0; i < module.get("idx").size(); i++) {
      int index = module.get("idx").get(i).asInt();
      if (index < found.length) {
        worst = Math.max(worst, Math.abs(found[index] - module.get("val").get(i).asDouble()));
      }
    }
    double range = module.get("max").asDouble() - module.get("min").asDouble();
    System.out.printf(
        "%-60s %9.2e  %s%n", module.get("name").asText(), worst / range, output.shape());
  }

  private static JsonNode trace(String model) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(SharedData.path("oracle/golden/" + model + ".trace.json.gz")))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
