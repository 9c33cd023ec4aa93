package io.github.rtmjava.bundle;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.ModelSpec;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON of strangers, with bounds on nesting and sizes; JSON of our own. A record is an object with
 * a field for each component, in their order; {@link ModelSpec} and {@link Data} may be among them.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Names of strangers are not kept beyond the file that they are in.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // What is null, or is not there, is refused unless its component says otherwise.
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModules(StrictValues.module(), DataJson.module(), SpecJson.module())
          .build();

  /**
   * Jackson bounds these itself, but only from 2.16 and 2.18 on, and frameworks bring older ones.
   */
  private static final int MOST_TOKENS = 400_000;

  private static final int LONGEST_NAME = 4096;

  private Json() {}

  /** A record, or what it may consist of, as indented text. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of characters without any space between values. */
  static int length(Data data) {
    return MAPPER.valueToTree(data).toString().length();
  }

  /** The fields of all parts in one object, in their order. */
  static ObjectNode joined(Object... parts) {
    ObjectNode out = MAPPER.createObjectNode();
    for (Object part : parts) {
      out.setAll(MAPPER.<ObjectNode>valueToTree(part));
    }
    return out;
  }

  /** An object without fields. */
  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  /**
   * A record of the fields of an object; those that it does not know are passed over.
   *
   * @param file in which the object is, for messages
   * @throws CheckpointException if a field is missing or of another type
   */
  static <T> T record(JsonNode in, Class<T> type, String file) throws CheckpointException {
    try {
      return MAPPER.treeToValue(in, type);
    } catch (JsonProcessingException e) {
      throw Mismatch.refusal(e, in, file);
    }
  }

  /** The object that the bytes hold; {@code what} names it in messages. */
  static JsonNode object(byte[] bytes, String what) throws IOException {
    JsonNode node;
    try {
      requireBounds(bytes, what);
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

  private static void requireBounds(byte[] bytes, String what) throws IOException {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      int count = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (++count > MOST_TOKENS) {
          throw new CheckpointException(
              "expected at most %s values in the JSON of %s, found more"
                  .formatted(MOST_TOKENS, what));
        }
        if (token == JsonToken.FIELD_NAME && parser.currentName().length() > LONGEST_NAME) {
          throw new CheckpointException(
              "expected names of at most %s characters in the JSON of %s, found a longer one"
                  .formatted(LONGEST_NAME, what));
        }
      }
    }
  }
}
