package io.github.rtmjava.checkpoint;

import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one checkpoint file holds.
 *
 * @param source the file's name, for messages
 * @param layout how the file was written, for people: for example {@code torch legacy}
 * @param tensors the state dict in the file's order; names without the prefixes of wrappers ({@code
 *     module.}, {@code _orig_mod.} …). Names that share one tensor in the file (same storage,
 *     offset and strides) map to the same object
 * @param meta the file's {@code meta} entry; an empty dictionary where there is none
 * @param extras every other top-level entry (optimizer, message hub …)
 * @param remarks what was chosen where the file left a choice, one line each
 */
public record Checkpoint(
    String source,
    String layout,
    Map<String, Tensor> tensors,
    Data.Dict meta,
    Data.Dict extras,
    List<String> remarks) {

  public Checkpoint {
    tensors = Collections.unmodifiableMap(tensors);
    remarks = List.copyOf(remarks);
  }

  /** Without remarks. */
  public Checkpoint(
      String source, String layout, Map<String, Tensor> tensors, Data.Dict meta, Data.Dict extras) {
    this(source, layout, tensors, meta, extras, List.of());
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String key) {
    return tensors.containsKey(key);
  }

  /** The tensor of that name, if there is one. */
  public Optional<Tensor> tensor(String key) {
    return Optional.ofNullable(tensors.get(key));
  }

  /** The shape of a tensor, if there is one of that name. */
  public Optional<Shape> shape(String key) {
    return tensor(key).map(Tensor::shape);
  }

  /** Whether any tensor's name starts with {@code prefix}. */
  public boolean hasPrefix(String prefix) {
    return tensors.keySet().stream().anyMatch(key -> key.startsWith(prefix));
  }

  /** One more than the highest index that follows {@code prefix} in any name; 0 without any. */
  public int countBelow(String prefix) {
    return tensors.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
        .filter(index -> index.matches("[0-9]{1,5}"))
        .mapToInt(index -> Integer.parseInt(index) + 1)
        .max()
        .orElse(0);
  }
}
