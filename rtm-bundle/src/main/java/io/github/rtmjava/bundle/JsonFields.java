package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.checkpoint.CheckpointException;

/** Fields of {@code model.json}, each of the type that is expected. */
final class JsonFields {
  private JsonFields() {}

  static String text(JsonNode in, String field) throws CheckpointException {
    return require(in, field, in.path(field).isTextual(), "text").textValue();
  }

  static int integer(JsonNode in, String field) throws CheckpointException {
    JsonNode node = in.path(field);
    boolean fits = node.isIntegralNumber() && node.canConvertToInt();
    return require(in, field, fits, "a whole number").intValue();
  }

  static long size(JsonNode in, String field) throws CheckpointException {
    JsonNode node = in.path(field);
    boolean fits = node.isIntegralNumber() && node.canConvertToLong();
    return require(in, field, fits, "a whole number").longValue();
  }

  static double number(JsonNode in, String field) throws CheckpointException {
    return require(in, field, in.path(field).isNumber(), "a number").doubleValue();
  }

  static JsonNode object(JsonNode in, String field) throws CheckpointException {
    return require(in, field, in.path(field).isObject(), "an object");
  }

  static JsonNode array(JsonNode in, String field) throws CheckpointException {
    return require(in, field, in.path(field).isArray(), "a list");
  }

  private static JsonNode require(JsonNode in, String field, boolean good, String expected)
      throws CheckpointException {
    JsonNode node = in.path(field);
    if (!good) {
      throw new CheckpointException(
          "expected %s in '%s' of model.json, found %s; convert the model again"
              .formatted(expected, field, node.isMissingNode() ? "nothing" : node.getNodeType()));
    }
    return node;
  }
}
