package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Arena;
import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.engine.Precision;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A program laid out for each crowd that runs it: one image on all threads, or several images of
 * which each thread takes some. What is fastest for one is not for the other: the weights of a
 * batch are read once for all its images.
 */
final class Plans {
  /** What a thread's maps may take: with more, they go through memory from layer to layer. */
  private static final long CACHED = 10 << 20;

  private static final int MOST_IMAGES = 8;

  private final int threads;
  private final BiFunction<Trials.Crowd, @Nullable Choices, Layout> make;
  private final Layout together;
  private final int images;
  private @Nullable Layout apart;

  /**
   * Lays out for one image.
   *
   * @param make lays out for a crowd, after what was chosen for another
   */
  private Plans(int threads, BiFunction<Trials.Crowd, @Nullable Choices, Layout> make) {
    this.threads = threads;
    this.make = make;
    together = make.apply(Trials.Crowd.together(threads), null);
    long each = Arena.of(together.buffers(), 1).bytes();
    long fitting = Math.max(1, Math.min(MOST_IMAGES, CACHED / Math.max(1, each)));
    images = Integer.highestOneBit((int) fitting);
  }

  /** By a rule, the same on every machine of a kind, and for every crowd. */
  static Plans ruled(Program program, int threads, Arithmetic arithmetic) {
    OnednnBackend backend = new OnednnBackend(arithmetic.precision());
    Choices choices = Chooser.choose(program, backend, rule(arithmetic));
    Layout layout = Layout.of(program, choices, arithmetic.precision());
    return new Plans(threads, (crowd, before) -> layout);
  }

  /** By what is measured here; by the rule as long as that cannot be done. */
  static Plans measured(Program program, int threads, Arithmetic arithmetic, Known known) {
    Precision precision = arithmetic.precision();
    OnednnBackend backend = new OnednnBackend(precision);
    return new Plans(
        threads,
        (crowd, before) -> {
          Optional<Trials> trials = Trials.of(program, backend, precision, crowd, known);
          Choices choices =
              trials.isPresent()
                  ? Chooser.choose(program, backend, trials.get(), before)
                  : before == null ? Chooser.choose(program, backend, rule(arithmetic)) : before;
          return Layout.of(program, choices, precision);
        });
  }

  private static Rule rule(Arithmetic arithmetic) {
    return new Rule(arithmetic.precision(), arithmetic.gain());
  }

  Program program() {
    return together.program();
  }

  /** For one image on all threads. */
  Layout together() {
    return together;
  }

  /** How many images a thread takes at once at most: their maps stay in the caches. */
  int images() {
    return images;
  }

  /** For several images on each thread; laid out when it is first asked for. */
  synchronized Layout apart() {
    Layout made = apart;
    if (made == null) {
      made = make.apply(Trials.Crowd.apart(images, threads), together.choices());
      apart = made;
    }
    return made;
  }
}
