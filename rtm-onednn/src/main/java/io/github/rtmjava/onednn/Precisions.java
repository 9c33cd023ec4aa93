package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.Op.Activation.Function;
import java.util.List;

/**
 * What is computed in where bfloat16 was asked for: bfloat16 where the processor is faster with it.
 * Some have the instructions without being faster.
 */
final class Precisions {
  /** How much faster than in float32 a product of matrices must be. */
  private static final double CLEARLY = 1.15;

  private Precisions() {}

  static Precision resolve(EngineOptions options, Known known, int threads) {
    return switch (options.precision()) {
      case BFLOAT16 ->
          options.deterministic() || gains(known, threads) ? Precision.BFLOAT16 : Precision.FLOAT32;
      case FLOAT32, FLOAT16, AUTO -> Precision.FLOAT32;
    };
  }

  /** Whether a product of matrices is clearly faster in bfloat16. */
  private static boolean gains(Known known, int threads) {
    return time(Precision.FLOAT32, known, threads)
        > CLEARLY * time(Precision.BFLOAT16, known, threads);
  }

  private static double time(Precision precision, Known known, int threads) {
    Kernel.Convolution product = new Kernel.Convolution("weight", "bias", 192, 192, 1, 1, 0, 1);
    Step step =
        new Step(
            "product",
            product,
            List.of(new Slot(0, "in", 40, 40, 192)),
            List.of(new PostOp.Apply(Function.SILU)),
            new Slot(1, "out", 40, 40, 192));
    OnednnBackend backend = new OnednnBackend(precision);
    return new Trials(known, backend, precision, threads).of(step, OnednnBackend.PRODUCT);
  }

  /** The arithmetic for people. */
  static String describe(Precision asked, Precision used) {
    if (used == Precision.BFLOAT16) {
      return "bfloat16";
    }
    return asked == Precision.BFLOAT16
        ? "float32 (bfloat16 is not faster on this processor)"
        : "float32";
  }
}
