package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.engine.Precision;

/**
 * How much faster this processor multiplies matrices in bfloat16 than in float32. Some have the
 * instructions without being faster. Measured once, in milliseconds, and kept in a file.
 */
final class Bfloat16 {
  /** Where nothing may depend on measurements: twice as many elements in a register. */
  static final double ASSUMED = 2;

  private static final int CHANNELS = 192;
  private static final int SIDE = 40;
  private static final long NANOS = 30_000_000;

  private Bfloat16() {}

  /** Whether oneDNN has it here at all: its convolutions need AVX-512. */
  static boolean supported() {
    return Dnnl.isa().startsWith("AVX512");
  }

  /** Time in float32 over time in bfloat16. */
  static double gain(Known known) {
    return (double) time(Precision.FLOAT32, known) / time(Precision.BFLOAT16, known);
  }

  private static long time(Precision precision, Known known) {
    String what = "product." + precision;
    long time = known.get(what);
    if (time <= 0) {
      time = Math.max(1, measure(precision));
      known.put(what, time);
    }
    return time;
  }

  /** The shortest of many runs of a pointwise convolution on one thread. */
  private static long measure(Precision precision) {
    Kernel.Convolution product = new Kernel.Convolution("", "", CHANNELS, CHANNELS, 1, 1, 0, 1);
    Trials.Candidate candidate =
        new Trials.Candidate(product, SIDE, SIDE, false, OnednnBackend.PRODUCT);
    try (LoneConvolution convolution = new LoneConvolution(candidate, precision)) {
      return convolution.least(NANOS);
    }
  }
}
