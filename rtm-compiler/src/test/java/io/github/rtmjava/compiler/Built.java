package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Networks that tests describe in a few lines, and what becomes of them. */
final class Built {
  /** Adds operations to a network; what it returns is the output. */
  interface Body {
    Value build(Scope root, Value image);
  }

  private Built() {}

  /** The network of an input {@code image} [N, 4, 6, 6] and an output {@code out}. */
  static Network network(Body body) {
    NetworkBuilder builder = new NetworkBuilder("test");
    Value image = builder.input("image", 4, 6, 6);
    builder.output("out", body.build(builder.scope(""), image));
    return builder.build();
  }

  static Program program(Body body) {
    return program(network(body));
  }

  static Program program(Network network) {
    return Lowering.of(Simplification.of(network, new MapWeights(Map.of())));
  }

  static MemoryPlan plan(Body body, Precision precision) {
    Program program = program(body);
    MemoryPlan plan = MemoryPlan.of(program, MadeBackend.usual().choices(program), precision);
    MemoryPlanCheck.check(plan);
    return plan;
  }

  /** The step that makes the value of that name. */
  static Step step(Program program, String name) {
    return program.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Where the value of that name lies. */
  static Placement placement(MemoryPlan plan, String name) {
    return plan.placement(slot(plan.program(), name));
  }

  /** The value of that name. */
  static Slot slot(Program program, String name) {
    return Stream.concat(
            program.inputs().values().stream(), program.steps().stream().map(Step::output))
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the steps compute, in their order, without the change of the input's order. */
  static List<Kernel> kernels(Program program) {
    return program.steps().stream().map(Step::kernel).skip(1).toList();
  }
}
