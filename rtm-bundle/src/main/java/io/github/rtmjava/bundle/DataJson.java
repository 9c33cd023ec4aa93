package io.github.rtmjava.bundle;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain data of a checkpoint as JSON. What JSON lacks becomes an object that describes it. */
final class DataJson {
  private static final int MAX_ELEMENTS = 4096;

  private DataJson() {}

  static SimpleModule module() {
    return new SimpleModule("data of checkpoints")
        .addSerializer(Data.class, new Writer())
        .addDeserializer(Data.Dict.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Data> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Data.class);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Data data) {
      return data instanceof Data.Dict dict && dict.values().isEmpty();
    }

    @Override
    public void serialize(Data data, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(data, out);
    }
  }

  private static void write(Data data, JsonGenerator out) throws IOException {
    if (data instanceof Data.None) {
      out.writeNull();
    } else if (data instanceof Data.Bool bool) {
      out.writeBoolean(bool.value());
    } else if (data instanceof Data.Int number) {
      out.writeNumber(number.value());
    } else if (data instanceof Data.Real number) {
      write(number.value(), out);
    } else if (data instanceof Data.Text text) {
      out.writeString(text.value());
    } else if (data instanceof Data.Bytes bytes) {
      out.writeStartObject();
      out.writeNumberField("bytes", bytes.value().length);
      out.writeEndObject();
    } else if (data instanceof Data.Items items) {
      write(items.values(), out);
    } else if (data instanceof Data.Dict dict) {
      out.writeStartObject();
      for (Map.Entry<String, Data> entry : dict.values().entrySet()) {
        out.writeFieldName(entry.getKey());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (data instanceof Data.Array array) {
      write(array.value(), out);
    } else if (data instanceof Data.Opaque opaque) {
      write(opaque, out);
    }
  }

  private static void write(List<Data> values, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Data value : values) {
      write(value, out);
    }
    out.writeEndArray();
  }

  /** JSON has no infinities and no NaN. */
  private static void write(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  private static void write(Tensor tensor, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("dtype", tensor.dtype().name());
    out.writeFieldName("shape");
    int[] shape = tensor.shape().dims();
    out.writeArray(shape, 0, shape.length);
    if (tensor.shape().elements() <= MAX_ELEMENTS) {
      out.writeArrayFieldStart("values");
      for (float value : tensor.toFloats()) {
        write((double) value, out);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void write(Data.Opaque opaque, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", opaque.type());
    out.writeFieldName("arguments");
    write(opaque.arguments(), out);
    Data state = opaque.state();
    if (state != null) {
      out.writeFieldName("state");
      write(state, out);
    }
    out.writeEndObject();
  }

  /** Plain data as it was written; what is no object holds none. */
  private static final class Reader extends StdDeserializer<Data.Dict> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Data.Dict.class);
    }

    @Override
    public Data.Dict deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return read(context.readTree(in)) instanceof Data.Dict dict ? dict : Data.Dict.EMPTY;
    }

    @Override
    public Data.Dict getNullValue(DeserializationContext context) {
      return Data.Dict.EMPTY;
    }
  }

  private static Data read(JsonNode node) {
    if (node.isObject()) {
      Map<String, Data> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
      return new Data.Dict(fields);
    } else if (node.isArray()) {
      List<Data> items = new ArrayList<>();
      node.forEach(item -> items.add(read(item)));
      return new Data.Items(items);
    } else if (node.isTextual()) {
      return new Data.Text(node.textValue());
    } else if (node.isBoolean()) {
      return new Data.Bool(node.booleanValue());
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      return new Data.Int(node.longValue());
    } else if (node.isNumber()) {
      return new Data.Real(node.doubleValue());
    }
    return new Data.None();
  }
}
