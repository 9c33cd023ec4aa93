package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** Writes JSON, in which every number is finite: others are refused. */
final class FiniteJson implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  /** Over a stream, which stays open. */
  FiniteJson(OutputStream out) throws IOException {
    json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  JsonGenerator generator() {
    return json;
  }

  void number(String name, float value) throws IOException {
    json.writeFieldName(name);
    value(name, value);
  }

  void row(String name, float[] values) throws IOException {
    json.writeFieldName(name);
    values(name, values);
  }

  void rows(String name, float[][] rows) throws IOException {
    json.writeArrayFieldStart(name);
    for (float[] row : rows) {
      values(name, row);
    }
    json.writeEndArray();
  }

  void values(String name, float[] values) throws IOException {
    json.writeStartArray();
    for (float value : values) {
      value(name, value);
    }
    json.writeEndArray();
  }

  private void value(String name, float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException(
          "expected finite numbers in %s, found %s; the model's weights may be damaged, verify them"
              .formatted(name, value));
    }
    json.writeNumber(value);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
