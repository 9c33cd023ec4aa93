package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The networks of one model, which share its weights.
 *
 * @param main reads pictures
 * @param further those that work on what the first one found, by name; most models have none
 * @param unread which other tensors belong to the model though no network reads them
 */
public record Networks(Network main, Map<String, Network> further, Predicate<String> unread) {
  public Networks {
    further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
  }

  /** One network that reads every tensor. */
  public static Networks of(Network only) {
    return new Networks(only, Map.of(), key -> false);
  }

  /**
   * The networks that a specification describes.
   *
   * @throws IllegalArgumentException if there is no such architecture on the class path, or as
   *     {@link Architecture#build}
   */
  public static Networks of(ModelSpec spec) {
    Architecture architecture = Architectures.named(spec.architecture());
    return new Networks(
        architecture.build(spec), architecture.buildFurther(spec), architecture::leavesUnread);
  }

  /**
   * The networks of a specification that may come from a stranger.
   *
   * @throws CheckpointException if none can be built of it
   */
  public static Networks checked(ModelSpec spec) throws CheckpointException {
    try {
      Networks networks = of(spec);
      networks.weights();
      return networks;
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      throw new CheckpointException(
          "no %s network can be built of it: %s".formatted(spec.architecture(), e.getMessage()), e);
    }
  }

  /** All of them, the main one first. */
  public List<Network> all() {
    List<Network> all = new ArrayList<>();
    all.add(main);
    all.addAll(further.values());
    return all;
  }

  /** All of them side by side as one network, for formats that hold a single graph. */
  public Network joined() {
    if (further.isEmpty()) {
      return main;
    }
    List<Value> inputs = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    Map<String, Value> outputs = new LinkedHashMap<>();
    List<Map<Value, Value>> renumbered = new ArrayList<>();
    for (Network network : all()) {
      Map<Value, Value> values = new HashMap<>();
      for (Value input : network.inputs()) {
        values.put(input, new Value(inputs.size(), input.name(), input.shape(), input.type()));
        inputs.add(values.get(input));
      }
      renumbered.add(values);
    }
    int next = inputs.size();
    for (int i = 0; i < renumbered.size(); i++) {
      Map<Value, Value> values = renumbered.get(i);
      for (Node node : all().get(i).nodes()) {
        List<Value> made = new ArrayList<>();
        for (Value output : node.outputs()) {
          Value value = new Value(next++, output.name(), output.shape(), output.type());
          values.put(output, value);
          made.add(value);
        }
        nodes.add(new Node(node.op(), node.inputs().stream().map(values::get).toList(), made));
      }
      all().get(i).outputs().forEach((name, made) -> outputs.put(name, values.get(made)));
    }
    return new Network(main.name(), inputs, nodes, outputs);
  }

  /** Every weight that one of them reads, by its checkpoint key. */
  public Map<String, Shape> weights() {
    Map<String, Shape> weights = new LinkedHashMap<>();
    for (Network network : all()) {
      network
          .weights()
          .forEach(
              (key, shape) -> {
                Shape before = weights.putIfAbsent(key, shape);
                if (before != null && !before.equals(shape)) {
                  throw new IllegalStateException(
                      "weight %s is used as %s and as %s".formatted(key, before, shape));
                }
              });
    }
    return weights;
  }
}
