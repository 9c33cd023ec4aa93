package io.github.rtmjava.server.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bytes of an answer.
 *
 * @param json length of the JSON at their beginning
 * @param binary whether bytes of outputs follow it
 * @param body all of them
 */
record InferAnswer(int json, boolean binary, byte[] body) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Copies outputs.
   *
   * @param model its name
   * @param outputs all that the network gives, valid only now
   * @throws ProblemException if one is asked for that there is not, or JSON cannot hold one
   */
  static InferAnswer of(String model, InferRequest request, Map<String, Tensor> outputs) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    List<byte[]> tails = new ArrayList<>();
    try (JsonGenerator json = JSON.createGenerator(head)) {
      json.writeStartObject();
      json.writeStringField("model_name", model);
      json.writeStringField("model_version", InferenceRoute.VERSION);
      String id = request.id();
      if (id != null) {
        json.writeStringField("id", id);
      }
      json.writeArrayFieldStart("outputs");
      for (String name :
          request.outputs().isEmpty() ? outputs.keySet() : request.outputs().keySet()) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
          throw new ProblemException(
              Reason.BAD_REQUEST,
              "expected outputs out of %s, found '%s'"
                  .formatted(String.join(", ", outputs.keySet()), name));
        }
        write(
            name,
            tensor,
            request.outputs().getOrDefault(name, request.binaryOutput()),
            json,
            tails);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new ProblemException(Reason.INTERNAL, "the answer cannot be written here");
    }
    int length = head.size();
    tails.forEach(head::writeBytes);
    return new InferAnswer(length, !tails.isEmpty(), head.toByteArray());
  }

  private static void write(
      String name, Tensor tensor, boolean binary, JsonGenerator json, List<byte[]> tails)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("datatype", Datatypes.of(tensor.dtype()));
    json.writeArrayFieldStart("shape");
    for (int dim : tensor.shape().dims()) {
      json.writeNumber(dim);
    }
    json.writeEndArray();
    if (binary) {
      ByteBuffer bytes = tensor.bytes();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      tails.add(copy);
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", copy.length);
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("data");
      FloatBuffer values = tensor.floats();
      while (values.hasRemaining()) {
        float value = values.get();
        if (!Float.isFinite(value)) {
          throw new ProblemException(
              Reason.UNREADABLE,
              "the output %s holds a number that JSON has not; ask for it with binary_data"
                  .formatted(name));
        }
        json.writeNumber(value);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
