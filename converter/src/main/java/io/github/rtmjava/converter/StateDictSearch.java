package io.github.rtmjava.converter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the one dictionary of tensors in what a file holds: under one of the usual names, otherwise
 * the largest, whatever its name. The states of optimisers and schedulers are none.
 *
 * @param weights the dictionary
 * @param remarks which one it is where it was a choice
 */
record StateDictSearch(Py.Dict weights, List<String> remarks) {
  private static final List<String> NAMES =
      List.of("state_dict", "model_state_dict", "model", "params");
  private static final List<String> STATES =
      List.of("optim", "sched", "scaler", "amp", "lr_", "param_sched", "message_hub", "rng");
  private static final int MAX_NESTING = 4;

  /** Empty where there are no tensors. */
  static Optional<StateDictSearch> in(Py.Dict file) {
    Map<String, Py.Dict> found = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (file.values.get(name) instanceof Py.Dict inner) {
        find(inner, 1).ifPresent(weights -> found.put(name, weights));
      }
    }
    boolean usual = !found.isEmpty();
    if (tensors(file) > 0) {
      found.put("", file);
    }
    file.values.forEach(
        (name, value) -> {
          if (value instanceof Py.Dict inner && !found.containsKey(name) && !isState(name)) {
            find(inner, 1).ifPresent(weights -> found.put(name, weights));
          }
        });
    Optional<String> chosen =
        usual
            ? found.keySet().stream().findFirst()
            : found.entrySet().stream()
                .max((a, b) -> Integer.compare(tensors(a.getValue()), tensors(b.getValue())))
                .map(Map.Entry::getKey);
    return chosen.map(name -> of(name, usual, found));
  }

  private static StateDictSearch of(String name, boolean usual, Map<String, Py.Dict> found) {
    Py.Dict weights = found.getOrDefault(name, new Py.Dict());
    List<String> others = new ArrayList<>();
    found.forEach(
        (other, dict) -> {
          // mmengine's ema_state_dict holds the weights that are not averaged
          boolean told = other.isEmpty() || (usual && other.equals("ema_state_dict"));
          if (dict != weights && !told) {
            others.add("'" + other + "'");
          }
        });
    if (others.isEmpty() && (usual || name.isEmpty())) {
      return new StateDictSearch(weights, List.of());
    }
    return new StateDictSearch(
        weights,
        List.of(
            "the weights are those of '%s'%s"
                .formatted(
                    name,
                    others.isEmpty()
                        ? ""
                        : "; the file holds %s too"
                            .formatted(
                                others.stream().limit(5).collect(Collectors.joining(", "))))));
  }

  private static boolean isState(String name) {
    return STATES.stream().anyMatch(name::startsWith);
  }

  private static Optional<Py.Dict> find(Py.Dict dict, int depth) {
    for (String name : NAMES) {
      if (depth < MAX_NESTING && dict.values.get(name) instanceof Py.Dict inner) {
        Optional<Py.Dict> found = find(inner, depth + 1);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return tensors(dict) > 0 ? Optional.of(dict) : Optional.empty();
  }

  private static int tensors(Py.Dict dict) {
    return (int)
        dict.values.values().stream()
            .filter(
                value ->
                    value instanceof Py.Tensor
                        || (value instanceof Py.Instance instance
                            && instance.type.startsWith(StateDicts.FOREIGN_TENSOR)))
            .count();
  }
}
