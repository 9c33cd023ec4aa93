package io.github.rtmjava.converter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.CharConversionException;
import java.io.IOException;

/** JSON of strangers, with bounds on nesting and sizes; JSON of our own. */
final class Json {
  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  // Names of strangers are not kept beyond the file that they are in.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxTokenCount(400_000)
                          .maxStringLength(1 << 20)
                          .maxNameLength(4096)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** The object that the bytes hold; {@code what} names it in messages. */
  static JsonNode object(byte[] bytes, String what) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "expected JSON in %s, found: %s".formatted(what, e.getOriginalMessage()), e);
    } catch (CharConversionException e) { // what looks like UTF-16 or UTF-32
      throw new CheckpointException(
          "expected JSON in %s, found text that is not UTF-8".formatted(what), e);
    }
    if (node == null || !node.isObject()) {
      throw new CheckpointException("expected a JSON object in " + what);
    }
    return node;
  }
}
