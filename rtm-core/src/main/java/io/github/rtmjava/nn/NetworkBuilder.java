package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects a network's nodes in the order in which they are added. */
public final class NetworkBuilder {
  /** Many times what any network has: a stranger's specification may ask for two billion blocks. */
  private static final int MAX_NODES = 50_000;

  private final String name;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  /** How many values the nodes make. */
  private int results;

  public NetworkBuilder(String name) {
    this.name = name;
  }

  /**
   * Declares an image input [N, channels, height, width]; all inputs come before all operations.
   */
  public Value input(String name, int channels, int height, int width) {
    return input(name, Shape.of(Shape.BATCH, channels, height, width));
  }

  /** Declares an input of a shape that is free in the batch. */
  public Value input(String name, Shape shape) {
    return input(name, shape, DType.FLOAT32);
  }

  /** Declares an input of pictures as decoders give them, bytes [N, height, width, channels]. */
  public Value pixels(String name, int channels, int height, int width) {
    return input(name, Shape.of(Shape.BATCH, height, width, channels), DType.UINT8);
  }

  private Value input(String name, Shape shape, DType type) {
    if (!shape.hasBatch()) {
      throw new IllegalArgumentException(
          "expected an input [N, …] of a free batch, found %s of %s".formatted(name, shape));
    }
    if (!nodes.isEmpty()) {
      throw new IllegalStateException("inputs come before operations");
    }
    Value value = new Value(inputs.size(), claim(name), shape, type);
    inputs.add(value);
    return value;
  }

  /** The place in the tree of modules with that path; an empty path is the root. */
  public Scope scope(String path) {
    return new Scope(this, path);
  }

  /** Declares a value as an output. */
  public void output(String name, Value value) {
    if (outputs.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("two outputs are named " + name);
    }
  }

  public Network build() {
    return new Network(name, inputs, nodes, outputs);
  }

  Value add(String name, Op.OneResult op, List<Value> in) {
    return add(List.of(name), op, in).get(0);
  }

  /** Adds an operation with a result for each name. */
  List<Value> add(List<String> names, Op op, List<Value> in) {
    String name = names.get(0);
    if (op.arity() >= 0 ? in.size() != op.arity() : in.isEmpty()) {
      throw new IllegalArgumentException(
          "%s reads %s values, found %s".formatted(name, op.arity(), in.size()));
    }
    if (nodes.size() == MAX_NODES) {
      throw new IllegalArgumentException(
          "expected a network of at most %s operations, found more".formatted(MAX_NODES));
    }
    List<Shape> shapes = Shapes.infer(name, op, in);
    if (shapes.size() != names.size()) {
      throw new IllegalArgumentException(
          "%s: expected a name for each of %s results, found %s"
              .formatted(name, shapes.size(), names));
    }
    List<Value> values = new ArrayList<>();
    for (Shape shape : shapes) {
      values.add(new Value(inputs.size() + results++, claim(names.get(values.size())), shape));
    }
    nodes.add(new Node(op, in, values));
    return List.copyOf(values);
  }

  private String claim(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two values are named " + name);
    }
    return name;
  }
}
