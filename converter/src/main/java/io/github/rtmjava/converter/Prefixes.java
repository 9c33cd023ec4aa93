package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes off what wrappers put before the names of tensors: parallel training, {@code
 * torch.compile}, sharding, averaging, and classes of the user's that hold the network.
 */
final class Prefixes {
  /** Wrappers' own names, at the beginning. */
  private static final List<String> LEADING = List.of("module.", "_forward_module.");

  /** Names that no module has by itself, wherever they stand. */
  private static final List<String> ANYWHERE =
      List.of("_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module.");

  private static final int MOST = 8;

  private Prefixes() {}

  /** A name without the wrappers' own. */
  static String strip(String key) {
    String plain = key;
    String before;
    do {
      before = plain;
      for (String wrapper : LEADING) {
        plain = plain.startsWith(wrapper) ? plain.substring(wrapper.length()) : plain;
      }
      for (String wrapper : ANYWHERE) {
        plain = plain.replace("." + wrapper, ".");
        plain = plain.startsWith(wrapper) ? plain.substring(wrapper.length()) : plain;
      }
    } while (!plain.equals(before));
    return plain;
  }

  /**
   * A checkpoint without names that the user's own classes put before: where no architecture knows
   * it, and one does without what nearly all names begin with ({@code model.}, {@code net.}, {@code
   * ema_model.} …). Of several networks in one file the first that is known is taken.
   */
  static Checkpoint unwrap(Checkpoint checkpoint) throws CheckpointException {
    Map<String, Tensor> tensors = checkpoint.tensors();
    if (isKnown(checkpoint)) {
      return checkpoint;
    }
    return unwrapped(checkpoint, tensors, 0).orElse(checkpoint);
  }

  private static Optional<Checkpoint> unwrapped(
      Checkpoint checkpoint, Map<String, Tensor> tensors, int depth) throws CheckpointException {
    Set<String> first =
        tensors.keySet().stream()
            .filter(key -> key.indexOf('.') > 0)
            .map(key -> key.substring(0, key.indexOf('.') + 1))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String prefix : depth < MOST && first.size() <= MOST ? first : Set.<String>of()) {
      Map<String, Tensor> inner = new LinkedHashMap<>();
      tensors.forEach(
          (key, tensor) -> {
            if (key.startsWith(prefix)) {
              inner.put(strip(key.substring(prefix.length())), tensor);
            }
          });
      Checkpoint candidate = with(checkpoint, inner, List.of());
      Optional<Checkpoint> found =
          isKnown(candidate)
              ? Optional.of(with(checkpoint, inner, remarks(prefix, tensors, inner)))
              : unwrapped(checkpoint, inner, depth + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<String> remarks(
      String prefix, Map<String, Tensor> tensors, Map<String, Tensor> inner) {
    List<String> others =
        tensors.keySet().stream()
            .filter(key -> !key.startsWith(prefix))
            .map(key -> key.split("\\.", 2)[0])
            .distinct()
            .limit(5)
            .toList();
    return others.isEmpty()
        ? List.of()
        : List.of(
            "the file holds more than one network: the %s tensors of '%s' are taken, %s left out"
                .formatted(
                    inner.size(),
                    prefix.substring(0, prefix.length() - 1),
                    others.stream().map(o -> "'" + o + "'").collect(Collectors.joining(", "))));
  }

  private static boolean isKnown(Checkpoint checkpoint) {
    try {
      return !Architectures.recognise(checkpoint).isEmpty();
    } catch (CheckpointException e) {
      return true; // whoever reads it will say what contradicts itself
    }
  }

  private static Checkpoint with(
      Checkpoint checkpoint, Map<String, Tensor> tensors, List<String> more) {
    List<String> remarks = new ArrayList<>(checkpoint.remarks());
    remarks.addAll(more);
    return new Checkpoint(
        checkpoint.source(),
        checkpoint.layout(),
        tensors,
        checkpoint.meta(),
        checkpoint.extras(),
        remarks);
  }
}
