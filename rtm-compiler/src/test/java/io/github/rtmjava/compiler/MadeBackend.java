package io.github.rtmjava.compiler;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** An engine that runs nothing, with abilities to order. */
record MadeBackend(Function<Step, Way> way) implements Backend {

  /** Products of matrices and moves take windows, other convolutions and poolings do not. */
  static MadeBackend usual() {
    return new MadeBackend(
        step -> {
          Kernel kernel = step.kernel();
          boolean windows =
              kernel instanceof Kernel.Convolution conv
                  ? conv.pointwise()
                  : !(kernel instanceof Kernel.MaxPool || kernel instanceof Kernel.Mean);
          return new MadeWay("usual", windows, windows, kernel instanceof Kernel.Convolution);
        });
  }

  /** Everything takes windows. */
  static MadeBackend able() {
    return new MadeBackend(step -> new MadeWay("able", true, true, true));
  }

  /** Every step can what chance says, the same each time. */
  static MadeBackend random(long seed) {
    return new MadeBackend(
        step -> {
          SplittableRandom random = new SplittableRandom(seed * 31 + step.output().id());
          return new MadeWay(
              "random", random.nextInt(4) > 0, random.nextInt(4) > 0, random.nextInt(4) > 0);
        });
  }

  @Override
  public List<Way> ways(Step step) {
    return List.of(way.apply(step));
  }

  @Override
  public TypePolicy types() {
    return TypePolicy.ROWS_IN_FLOAT32;
  }

  Choices choices(Program program) {
    return Choices.of(program, this, (step, ways) -> ways.get(0));
  }
}
