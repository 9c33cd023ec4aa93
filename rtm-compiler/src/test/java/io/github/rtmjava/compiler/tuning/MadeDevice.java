package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.TypePolicy;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.testing.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backend and a timer of a device that is made up: every time follows from the candidate. */
final class MadeDevice implements Backend, Timer {
  /** The usual way, and one that takes weights of four times the bytes. */
  static final MadeWay SMALL = new MadeWay("small", 1);

  static final MadeWay LARGE = new MadeWay("large", 4);

  record MadeWay(String name, int times) implements Way {
    @Override
    public boolean readsWindow() {
      return true;
    }

    @Override
    public boolean writesWindow() {
      return true;
    }

    @Override
    public boolean addsInPlace() {
      return true;
    }

    @Override
    public DType computesIn() {
      return DType.FLOAT32;
    }

    @Override
    public long weightBytes(Kernel.Convolution conv) {
      return times * Way.plainBytes(conv);
    }
  }

  /** What was measured, one list a call. */
  final List<List<Candidate>> measured = new ArrayList<>();

  /** How fast the large way is for so many images at once; the small one takes 1000. */
  long large = 500;

  double quiet = 1;
  boolean busy;

  /**
   * Three convolutions of one shape, of which one has a sum, and a pointwise one without choice.
   */
  static Program program() {
    NetworkBuilder builder = new NetworkBuilder("tuned");
    Value image = builder.input("image", 16, 24, 20);
    Scope root = builder.scope("");
    Value a = convolution(root.in("a"), image);
    Value b = convolution(root.in("b"), a);
    Value sum = root.add("sum", b, a);
    Value c = convolution(root.in("c"), sum);
    builder.output("out", root.convWithBias("last", c, 4));
    Network network = builder.build();
    return Lowering.of(Simplification.of(network, Samples.weights(network, 1)));
  }

  private static Value convolution(Scope scope, Value from) {
    Value made = scope.conv("conv", from, 16, 3, 1, 1);
    return scope.activation("act", scope.norm("norm", made, 1e-5), Function.SILU);
  }

  /** The steps that have a choice. */
  static List<Step> convolutions(Program program) {
    MadeDevice device = new MadeDevice();
    return program.steps().stream().filter(step -> device.ways(step).size() > 1).toList();
  }

  @Override
  public List<Way> ways(Step step) {
    return step.kernel() instanceof Kernel.Convolution conv && !conv.pointwise()
        ? List.of(SMALL, LARGE)
        : List.of(SMALL);
  }

  @Override
  public TypePolicy types() {
    return TypePolicy.ROWS_IN_FLOAT32;
  }

  @Override
  public Optional<Measurement> measure(Collection<Candidate> candidates, Workload workload) {
    if (busy) {
      return Optional.empty();
    }
    measured.add(List.copyOf(candidates));
    Map<Candidate, Long> times = new LinkedHashMap<>();
    candidates.forEach(one -> times.put(one, one.way().equals(LARGE) ? large : 1000));
    return Optional.of(new Measurement(times, quiet));
  }
}
