package io.github.rtmjava.server.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request for inference says. Read token by token: numbers become floats at once, and no
 * tree of them is made.
 *
 * @param id that the answer is to have; null for none
 * @param binaryOutput whether outputs are answered as bytes where they do not say
 * @param inputs by their names
 * @param outputs that are asked for, with whether they are answered as bytes; empty for all
 */
record InferRequest(
    @Nullable String id,
    boolean binaryOutput,
    Map<String, Input> inputs,
    Map<String, Boolean> outputs) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_NAMED = 64;
  private static final int MOST_DIMS = 16;

  /**
   * An input.
   *
   * @param shape as it is given
   * @param datatype as the protocol names it
   * @param data its elements, little-endian float32
   */
  record Input(List<Long> shape, String datatype, ByteBuffer data) {}

  /**
   * Reads a body.
   *
   * @param json length of the JSON at its beginning; what follows are the bytes of inputs
   * @param mostElements of all inputs together
   * @throws ProblemException if it is no request
   */
  static InferRequest of(byte[] body, int json, long mostElements) {
    if (json < 0 || json > body.length) {
      throw wrong("Inference-Header-Content-Length of 0 to the length of the body");
    }
    Reader reader = new Reader(body, json, mostElements);
    try (JsonParser parser = JSON.createParser(body, 0, json)) {
      return reader.request(parser);
    } catch (IOException e) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected an inference request as JSON, found something else");
    }
  }

  private static ProblemException wrong(String expected) {
    return new ProblemException(Reason.BAD_REQUEST, "expected " + expected);
  }

  /** Goes through the tokens. */
  private static final class Reader {
    private final ByteBuffer bytes;
    private final long mostElements;
    private long elements;

    Reader(byte[] body, int json, long mostElements) {
      this.bytes = ByteBuffer.wrap(body, json, body.length - json);
      this.mostElements = mostElements;
    }

    InferRequest request(JsonParser parser) throws IOException {
      String id = null;
      boolean binary = false;
      Map<String, Input> inputs = new LinkedHashMap<>();
      Map<String, @Nullable Boolean> asked = new LinkedHashMap<>();
      begin(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "id" -> id = text(parser, value, "id");
          case "parameters" -> {
            Map<String, Object> parameters = parameters(parser, value);
            binary = flag(parameters, "binary_data_output", false);
          }
          case "inputs" -> {
            begin(parser, value, JsonToken.START_ARRAY, "inputs as an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              input(parser, inputs);
            }
          }
          case "outputs" -> {
            begin(parser, value, JsonToken.START_ARRAY, "outputs as an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              output(parser, asked);
            }
          }
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw wrong("one object as the request, found more after it");
      }
      if (bytes.hasRemaining()) {
        throw wrong(
            "binary_data_size of all inputs together to be what follows the JSON, found %s bytes more"
                .formatted(bytes.remaining()));
      }
      Map<String, Boolean> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, @Nullable Boolean> each : asked.entrySet()) {
        Boolean own = each.getValue();
        outputs.put(each.getKey(), own == null ? binary : own);
      }
      return new InferRequest(id, binary, inputs, outputs);
    }

    private void input(JsonParser parser, Map<String, Input> inputs) throws IOException {
      begin(parser, parser.currentToken(), JsonToken.START_OBJECT, "each input as an object");
      String name = null;
      String datatype = null;
      List<Long> shape = null;
      ByteBuffer data = null;
      Map<String, Object> parameters = Map.of();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "name" -> name = text(parser, value, "the name of an input");
          case "datatype" -> datatype = text(parser, value, "the datatype of an input");
          case "shape" -> shape = shape(parser, value);
          case "data" -> data = numbers(parser, value);
          case "parameters" -> parameters = parameters(parser, value);
          default -> parser.skipChildren();
        }
      }
      if (name == null || datatype == null || shape == null) {
        throw wrong("name, datatype and shape of each input");
      }
      Object size = parameters.get("binary_data_size");
      if (size != null) {
        if (data != null) {
          throw wrong("data or binary_data_size of the input %s, found both".formatted(name));
        }
        data = taken(name, size);
      }
      if (data == null) {
        throw wrong("data or binary_data_size of the input %s".formatted(name));
      }
      if (inputs.size() == MOST_NAMED
          || inputs.put(name, new Input(shape, datatype, data)) != null) {
        throw wrong("each input once, found %s again".formatted(name));
      }
    }

    private ByteBuffer taken(String name, Object size) {
      if (!(size instanceof Long length)
          || length < 0
          || length > bytes.remaining()
          || length % Float.BYTES != 0) {
        throw wrong(
            "binary_data_size of the input %s as whole float32 values within the body, found %s"
                .formatted(name, size));
      }
      count(length / Float.BYTES);
      ByteBuffer part =
          bytes.slice(bytes.position(), length.intValue()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(bytes.position() + length.intValue());
      return part;
    }

    private void count(long more) {
      elements += more;
      if (elements > mostElements) {
        throw wrong("inputs of at most %s elements, found more".formatted(mostElements));
      }
    }

    private static void output(JsonParser parser, Map<String, @Nullable Boolean> outputs)
        throws IOException {
      begin(parser, parser.currentToken(), JsonToken.START_OBJECT, "each output as an object");
      String name = null;
      Boolean binary = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "name" -> name = text(parser, value, "the name of an output");
          case "parameters" -> {
            Map<String, Object> parameters = parameters(parser, value);
            if (parameters.containsKey("binary_data")) {
              binary = flag(parameters, "binary_data", false);
            }
          }
          default -> parser.skipChildren();
        }
      }
      if (name == null) {
        throw wrong("the name of each output");
      }
      if (outputs.size() == MOST_NAMED || outputs.containsKey(name)) {
        throw wrong("each output once, found %s again".formatted(name));
      }
      outputs.put(name, binary);
    }

    private static List<Long> shape(JsonParser parser, JsonToken value) throws IOException {
      begin(parser, value, JsonToken.START_ARRAY, "the shape of an input as an array");
      List<Long> shape = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || shape.size() == MOST_DIMS) {
          throw wrong("the shape of an input as at most %s whole numbers".formatted(MOST_DIMS));
        }
        shape.add(parser.getLongValue());
      }
      return shape;
    }

    /** Arrays of arrays are taken as they stand, row by row. */
    private ByteBuffer numbers(JsonParser parser, JsonToken value) throws IOException {
      begin(parser, value, JsonToken.START_ARRAY, "the data of an input as an array");
      ByteBuffer data = room(1024);
      int depth = 1;
      while (depth > 0) {
        switch (required(parser.nextToken())) {
          case START_ARRAY -> depth++;
          case END_ARRAY -> depth--;
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
            count(1);
            if (!data.hasRemaining()) {
              data = room(data.capacity() / Float.BYTES * 2).put(data.flip());
            }
            data.putFloat(parser.getFloatValue());
          }
          default -> throw wrong("numbers as the data of an input");
        }
      }
      return data.flip();
    }

    private static JsonToken required(@Nullable JsonToken token) {
      if (token == null) {
        throw wrong("the whole of a request, found a part of it");
      }
      return token;
    }

    private static ByteBuffer room(int floats) {
      return ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Map<String, Object> parameters(JsonParser parser, JsonToken value)
        throws IOException {
      begin(parser, value, JsonToken.START_OBJECT, "parameters as an object");
      Map<String, Object> parameters = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        switch (required(parser.nextToken())) {
          case VALUE_TRUE -> parameters.put(name, true);
          case VALUE_FALSE -> parameters.put(name, false);
          case VALUE_NUMBER_INT -> parameters.put(name, parser.getLongValue());
          case VALUE_STRING, VALUE_NUMBER_FLOAT -> parameters.put(name, parser.getText());
          default -> parser.skipChildren();
        }
      }
      return parameters;
    }

    private static boolean flag(Map<String, Object> parameters, String name, boolean otherwise) {
      Object value = parameters.getOrDefault(name, otherwise);
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw wrong("%s as true or false, found %s".formatted(name, value));
    }

    private static String text(JsonParser parser, JsonToken value, String what) throws IOException {
      if (value != JsonToken.VALUE_STRING) {
        throw wrong(what + " as a text");
      }
      return parser.getText();
    }

    private static void begin(
        JsonParser parser, @Nullable JsonToken found, JsonToken wanted, String what) {
      if (found != wanted) {
        throw wrong(
            what + ", found something else at byte " + parser.currentLocation().getByteOffset());
      }
    }
  }
}
