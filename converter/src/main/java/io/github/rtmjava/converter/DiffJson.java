package io.github.rtmjava.converter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.bundle.Json;
import java.io.IOException;
import java.util.List;

/** A {@link Diff} as JSON. */
final class DiffJson {
  private DiffJson() {}

  static String of(Diff diff) throws IOException {
    ObjectNode out = Json.MAPPER.createObjectNode();
    out.put("same", diff.same());
    out.put("compared", diff.compared());
    named(out.putArray("only_first"), diff.onlyFirst());
    named(out.putArray("only_second"), diff.onlySecond());
    pairs(out.putArray("shapes"), diff.shapes());
    pairs(out.putArray("types"), diff.types());
    ArrayNode values = out.putArray("values");
    for (Diff.Value value : diff.values()) {
      ObjectNode entry = values.addObject().put("name", value.key());
      put(entry, "max", value.difference().max());
      put(entry, "mean", value.difference().mean());
      put(entry, "range", value.difference().range());
      put(entry, "relative", value.difference().relative());
    }
    return Json.MAPPER.writeValueAsString(out);
  }

  private static void named(ArrayNode out, List<Diff.Named> tensors) {
    for (Diff.Named tensor : tensors) {
      describe(out.addObject().put("name", tensor.key()), tensor.entry());
    }
  }

  private static void pairs(ArrayNode out, List<Diff.Pair> pairs) {
    for (Diff.Pair pair : pairs) {
      ObjectNode entry = out.addObject().put("name", pair.key());
      describe(entry.putObject("first"), pair.first());
      describe(entry.putObject("second"), pair.second());
    }
  }

  private static void describe(ObjectNode out, TensorFile.Entry tensor) {
    out.put("dtype", tensor.dtype().name());
    ArrayNode shape = out.putArray("shape");
    for (int dim : tensor.shape().dims()) {
      shape.add(dim);
    }
  }

  /** JSON has no infinities. */
  private static void put(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, value);
    } else {
      out.putNull(name);
    }
  }
}
