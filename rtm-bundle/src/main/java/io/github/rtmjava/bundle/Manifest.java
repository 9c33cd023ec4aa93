package io.github.rtmjava.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
record Manifest(
    String name,
    ModelSpec spec,
    Provenance provenance,
    long weightBytes,
    String weightSha256,
    Map<String, String> aliases,
    Data.Dict meta) {

  static final String FILE = "model.json";
  static final String WEIGHTS = "weights.safetensors";
  static final int MAX_BYTES = 4 << 20;
  private static final String FORMAT = "rtm-java model bundle";

  /** The first version is of models whose keypoints are those that the program knows by name. */
  private static final int PLAIN = 1;

  private static final int WITH_KEYPOINTS = 2;

  /** The fields before those of the specification. */
  private record Head(String format, int version, String name) {}

  /** The fields after those of the specification. */
  private record Origin(
      Provenance provenance,
      Weights weights,
      Map<String, String> aliases,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.SET) Data.Dict meta) {}

  /** The file of weights. */
  private record Weights(String file, long bytes, String sha256) {}

  byte[] toBytes() {
    int version = spec.keypoints() == null ? PLAIN : WITH_KEYPOINTS;
    Weights weights = new Weights(WEIGHTS, weightBytes, weightSha256);
    return Json.text(
            Json.joined(
                new Head(FORMAT, version, name),
                spec,
                new Origin(provenance, weights, aliases, meta)))
        .getBytes(StandardCharsets.UTF_8);
  }

  static Manifest read(byte[] bytes) throws IOException {
    JsonNode in = Json.object(bytes, FILE);
    if (!in.path("format").asText().equals(FORMAT)) {
      throw new CheckpointException(
          "expected a bundle written by the converter, found a model.json of another program");
    }
    Head head = Json.record(in, Head.class, FILE);
    if (head.version < PLAIN || head.version > WITH_KEYPOINTS) {
      throw new CheckpointException(
          "expected a bundle of format version %s to %s, found version %s; use a newer version of rtm-java"
              .formatted(PLAIN, WITH_KEYPOINTS, head.version));
    }
    ModelSpec spec = Json.record(in, SpecJson.class, FILE).toSpec(FILE);
    Origin origin = Json.record(in, Origin.class, FILE);
    return new Manifest(
        head.name,
        spec,
        origin.provenance,
        origin.weights.bytes,
        origin.weights.sha256,
        origin.aliases,
        origin.meta);
  }
}
