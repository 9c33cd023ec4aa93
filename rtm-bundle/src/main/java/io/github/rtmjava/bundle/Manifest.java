package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bundle's {@code model.json}: everything about the model but the weights themselves.
 *
 * @param name the model's name
 * @param spec its specification
 * @param provenance where the weights come from
 * @param weightBytes size of the weights file
 * @param weightSha256 SHA-256 of the weights file
 * @param aliases names of tensors that are stored under another name, to that name
 * @param meta what the checkpoint said beside the weights
 */
public record Manifest(
    String name,
    ModelSpec spec,
    Provenance provenance,
    long weightBytes,
    String weightSha256,
    Map<String, String> aliases,
    Data.Dict meta) {

  static final String FILE = "model.json";
  public static final String WEIGHTS = "weights.safetensors";
  static final int MAX_BYTES = 4 << 20;
  private static final String FORMAT = "rtm-java model bundle";

  /** The first version is of models whose keypoints are those that the program knows by name. */
  private static final int PLAIN = 1;

  private static final int WITH_KEYPOINTS = 2;

  byte[] toBytes() throws IOException {
    ObjectNode out = Json.MAPPER.createObjectNode();
    out.put("format", FORMAT);
    out.put("version", spec.keypoints() == null ? PLAIN : WITH_KEYPOINTS);
    out.put("name", name);
    SpecJson.write(spec, out);
    ObjectNode origin = out.putObject("provenance");
    origin.put("source", provenance.source());
    origin.put("sha256", provenance.sha256());
    origin.put("converter", provenance.converter());
    origin.put("licence", provenance.licence());
    ObjectNode weights = out.putObject("weights");
    weights.put("file", WEIGHTS);
    weights.put("bytes", weightBytes);
    weights.put("sha256", weightSha256);
    ObjectNode shared = out.putObject("aliases");
    aliases.forEach(shared::put);
    if (!meta.values().isEmpty()) {
      out.set("meta", DataJson.of(meta));
    }
    return Json.MAPPER.writeValueAsBytes(out);
  }

  static Manifest read(byte[] bytes) throws IOException {
    JsonNode in = Json.object(bytes, FILE);
    if (!in.path("format").asText().equals(FORMAT)) {
      throw new CheckpointException(
          "expected a bundle written by the converter, found a model.json of another program");
    }
    int version = JsonFields.integer(in, "version");
    if (version < PLAIN || version > WITH_KEYPOINTS) {
      throw new CheckpointException(
          "expected a bundle of format version %s to %s, found version %s; use a newer version of rtm-java"
              .formatted(PLAIN, WITH_KEYPOINTS, version));
    }
    JsonNode origin = JsonFields.object(in, "provenance");
    JsonNode weights = JsonFields.object(in, "weights");
    Map<String, String> aliases = new LinkedHashMap<>();
    JsonNode shared = JsonFields.object(in, "aliases");
    for (Map.Entry<String, JsonNode> field : shared.properties()) {
      aliases.put(field.getKey(), JsonFields.text(shared, field.getKey()));
    }
    return new Manifest(
        JsonFields.text(in, "name"),
        SpecJson.read(in),
        new Provenance(
            JsonFields.text(origin, "source"),
            JsonFields.text(origin, "sha256"),
            JsonFields.text(origin, "converter"),
            JsonFields.text(origin, "licence")),
        JsonFields.size(weights, "bytes"),
        JsonFields.text(weights, "sha256"),
        aliases,
        in.path("meta").isObject() && PlainMeta.of(in.get("meta")) instanceof Data.Dict meta
            ? meta
            : Data.Dict.EMPTY);
  }
}
