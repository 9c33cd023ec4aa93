package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a checkpoint of what a file holds: the weights, see {@link StateDictSearch}, and everything
 * else as plain data. In mmengine's training files {@code state_dict} is the averaged model already
 * and {@code ema_state_dict} the raw one, so the latter is not taken beside it (mmengine, {@code
 * EMAHook}). A distillation file holds {@code student.} and {@code teacher.}; the student is taken
 * (mmpose, {@code pth_transfer.py}).
 */
final class StateDicts {
  private static final String STUDENT = "student.";
  private static final String TEACHER = "teacher.";
  private static final String META = "meta";

  /** Start of the type of a tensor whose elements are none of ours. */
  static final String FOREIGN_TENSOR = "torch.Tensor of ";

  private StateDicts() {}

  static Checkpoint checkpoint(String source, String layout, Py top, TensorLoader loader)
      throws IOException {
    Py.Dict file = file(top);
    StateDictSearch search = search(file);
    Py.Dict weights = search.weights();
    boolean distillation = distillation(weights);
    Map<String, Py.Tensor> views = views(weights);
    views.values().forEach(loader::expect);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Py.Tensor> view : views.entrySet()) {
      tensors.put(view.getKey(), load(view.getKey(), view.getValue(), loader));
    }
    PlainData plain = new PlainData(loader);
    Map<String, Data> extras = new LinkedHashMap<>();
    if (weights != file) {
      for (Map.Entry<String, Py> entry : weights.values.entrySet()) {
        if (!(entry.getValue() instanceof Py.Tensor)) {
          extras.put("state_dict." + entry.getKey(), plain.of(entry.getValue()));
        }
      }
    }
    for (Map.Entry<String, Py> entry : file.values.entrySet()) {
      Py value = entry.getValue();
      if (value != weights
          && !entry.getKey().equals(META)
          && !(weights == file && value instanceof Py.Tensor)) {
        extras.put(entry.getKey(), plain.of(value));
      }
    }
    Py meta = file.values.get(META);
    return new Checkpoint(
        source,
        distillation ? layout + ", student of a distillation" : layout,
        tensors,
        meta instanceof Py.Dict dict ? (Data.Dict) plain.of(dict) : Data.Dict.EMPTY,
        new Data.Dict(extras),
        search.remarks());
  }

  /** Where the weights lie, by name, for readers that load them one by one. */
  static Map<String, Py.Tensor> views(Py top) throws CheckpointException {
    return views(search(file(top)).weights());
  }

  private static Py.Dict file(Py top) throws CheckpointException {
    if (!(top instanceof Py.Dict file)) {
      throw new CheckpointException(
          "expected a dictionary of weights, found %s; save the weights with"
                  .formatted(describe(top))
              + " torch.save(model.state_dict(), file)");
    }
    return file;
  }

  private static StateDictSearch search(Py.Dict file) throws CheckpointException {
    return StateDictSearch.in(file)
        .orElseThrow(
            () ->
                new CheckpointException(
                    "expected a state dict of tensors, found only %s; save the weights with"
                            .formatted(names(file))
                        + " torch.save(model.state_dict(), file)"));
  }

  private static boolean distillation(Py.Dict weights) {
    return weights.values.keySet().stream().anyMatch(k -> k.startsWith(STUDENT))
        && weights.values.keySet().stream().anyMatch(k -> k.startsWith(TEACHER));
  }

  private static Map<String, Py.Tensor> views(Py.Dict weights) throws CheckpointException {
    boolean distillation = distillation(weights);
    Map<String, Py.Tensor> views = new LinkedHashMap<>();
    for (Map.Entry<String, Py> entry : weights.values.entrySet()) {
      String key = entry.getKey();
      Py value = entry.getValue();
      if (value instanceof Py.Tensor view && (!distillation || key.startsWith(STUDENT))) {
        put(views, distillation ? key.substring(STUDENT.length()) : key, view);
      } else if (value instanceof Py.Instance object && object.type.startsWith(FOREIGN_TENSOR)) {
        throw new CheckpointException(
            "expected weights of a type that networks use, found %s as a %s; convert it with"
                    .formatted(key, object.type)
                + " tensor.float() and save anew");
      }
    }
    return views;
  }

  /** Adds under the name without the prefixes of wrappers. */
  static <T> void put(Map<String, T> tensors, String key, T tensor) throws CheckpointException {
    String plain = Prefixes.strip(key);
    if (tensors.put(plain, tensor) != null) {
      throw new CheckpointException(
          "the state dict holds %s with and without a prefix such as module.; remove one of them"
              .formatted(plain));
    }
  }

  static CheckpointException bigEndian() {
    return new CheckpointException(
        "expected little-endian data, found a checkpoint from a big-endian machine; save it anew on"
            + " a little-endian one");
  }

  private static Tensor load(String key, Py.Tensor view, TensorLoader loader) throws IOException {
    try {
      return loader.load(view);
    } catch (CheckpointException e) {
      throw new CheckpointException("tensor %s: %s".formatted(key, e.getMessage()), e);
    }
  }

  private static String describe(Py value) {
    if (value instanceof Py.Instance instance) {
      return "a pickled object of class " + instance.type;
    } else if (value instanceof Py.Tensor) {
      return "a single tensor";
    } else if (value instanceof Py.Plain plain) {
      return "a plain value (" + plain.data().getClass().getSimpleName() + ")";
    }
    return "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String names(Py.Dict file) {
    List<String> parts =
        file.values.entrySet().stream()
            .limit(6)
            .map(e -> "'" + shorten(e.getKey()) + "' (" + describe(e.getValue()) + ")")
            .toList();
    return parts.isEmpty() ? "an empty dictionary" : String.join(", ", parts);
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 40 ? line.substring(0, 40) + "…" : line;
  }
}
