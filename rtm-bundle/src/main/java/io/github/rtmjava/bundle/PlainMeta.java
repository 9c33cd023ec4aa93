package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle keeps of a checkpoint's metadata: texts, numbers, truth values, None, and lists and
 * dictionaries of those; small arrays become lists. Other entries are left out.
 */
public final class PlainMeta {
  /** Far below what is read of a {@code model.json}. */
  private static final int MOST_CHARACTERS = 1 << 19;

  private static final int MOST_ELEMENTS = 4096;
  private static final int MOST_DEPTH = 40;

  private PlainMeta() {}

  public static Data.Dict of(Data.Dict meta) {
    Map<String, Data> kept = new LinkedHashMap<>();
    int characters = 0;
    for (Map.Entry<String, Data> entry : meta.values().entrySet()) {
      Optional<Data> plain =
          entry.getKey().equals(ModelNote.KEY) ? Optional.empty() : plain(entry.getValue(), 0);
      if (plain.isPresent()) {
        int size = Json.length(plain.get()) + entry.getKey().length();
        if (characters + size <= MOST_CHARACTERS) {
          characters += size;
          kept.put(entry.getKey(), plain.get());
        }
      }
    }
    return new Data.Dict(kept);
  }

  private static Optional<Data> plain(Data data, int depth) {
    if (depth > MOST_DEPTH) {
      return Optional.empty();
    } else if (data instanceof Data.Dict dict) {
      Map<String, Data> kept = new LinkedHashMap<>();
      dict.values()
          .forEach((key, value) -> plain(value, depth + 1).ifPresent(part -> kept.put(key, part)));
      return Optional.of(new Data.Dict(kept));
    } else if (data instanceof Data.Items items) {
      List<Data> kept =
          items.values().stream().flatMap(part -> plain(part, depth + 1).stream()).toList();
      return kept.size() == items.values().size()
          ? Optional.of(new Data.Items(kept))
          : Optional.empty();
    } else if (data instanceof Data.Array array) {
      Shape shape = array.value().shape();
      return shape.elements() <= MOST_ELEMENTS && shape.rank() > 0
          ? Optional.of(rows(array, new int[] {0}, 0, array.value().toFloats()))
          : Optional.empty();
    } else if (data instanceof Data.Bytes || data instanceof Data.Opaque) {
      return Optional.empty();
    }
    return data instanceof Data.Real real && !Double.isFinite(real.value())
        ? Optional.empty()
        : Optional.of(data);
  }

  private static Data rows(Data.Array array, int[] next, int axis, float[] values) {
    Shape shape = array.value().shape();
    List<Data> rows = new ArrayList<>();
    for (int i = 0; i < shape.dim(axis); i++) {
      if (axis + 1 < shape.rank()) {
        rows.add(rows(array, next, axis + 1, values));
      } else {
        float value = values[next[0]++];
        rows.add(
            array.value().dtype().isFloating()
                ? new Data.Real(Double.parseDouble(Float.toString(value)))
                : new Data.Int((long) value));
      }
    }
    return new Data.Items(rows);
  }
}
