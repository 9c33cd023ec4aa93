package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Tensor;
import java.util.List;

/** Plain data of a checkpoint as JSON. What JSON lacks becomes an object that describes it. */
public final class DataJson {
  private static final int MAX_ELEMENTS = 4096;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DataJson() {}

  public static JsonNode of(Data data) {
    if (data instanceof Data.None) {
      return NODES.nullNode();
    } else if (data instanceof Data.Bool bool) {
      return NODES.booleanNode(bool.value());
    } else if (data instanceof Data.Int number) {
      return NODES.numberNode(number.value());
    } else if (data instanceof Data.Real number) {
      return real(number.value());
    } else if (data instanceof Data.Text text) {
      return NODES.textNode(text.value());
    } else if (data instanceof Data.Bytes bytes) {
      return NODES.objectNode().put("bytes", bytes.value().length);
    } else if (data instanceof Data.Items items) {
      return list(items.values());
    } else if (data instanceof Data.Dict dict) {
      ObjectNode object = NODES.objectNode();
      dict.values().forEach((key, value) -> object.set(key, of(value)));
      return object;
    } else if (data instanceof Data.Array array) {
      return array(array.value());
    }
    Data.Opaque opaque = (Data.Opaque) data;
    ObjectNode object = NODES.objectNode().put("type", opaque.type());
    object.set("arguments", list(opaque.arguments()));
    Data state = opaque.state();
    if (state != null) {
      object.set("state", of(state));
    }
    return object;
  }

  private static ArrayNode list(List<Data> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(of(value)));
    return array;
  }

  /** JSON has no infinities and no NaN. */
  private static JsonNode real(double value) {
    return Double.isFinite(value)
        ? NODES.numberNode(value)
        : NODES.textNode(Double.toString(value));
  }

  private static ObjectNode array(Tensor tensor) {
    ObjectNode object = NODES.objectNode().put("dtype", tensor.dtype().name());
    ArrayNode shape = object.putArray("shape");
    for (int dim : tensor.shape().dims()) {
      shape.add(dim);
    }
    if (tensor.shape().elements() <= MAX_ELEMENTS) {
      ArrayNode values = object.putArray("values");
      for (float value : tensor.toFloats()) {
        values.add(real(value));
      }
    }
    return object;
  }
}
