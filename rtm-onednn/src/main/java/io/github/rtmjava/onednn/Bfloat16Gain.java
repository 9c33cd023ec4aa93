package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.compiler.tuning.Tuner;
import io.github.rtmjava.compiler.tuning.TuningCache;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.natives.Dnnl;
import java.util.function.LongSupplier;

/**
 * How much faster this processor multiplies matrices in bfloat16 than in float32. Some have the
 * instructions without being faster. Measured once, in milliseconds, and kept in a file.
 */
final class Bfloat16Gain {
  /** Where nothing may depend on measurements: twice as many elements in a register. */
  static final double ASSUMED = 2;

  private static final int CHANNELS = 192;
  private static final int SIDE = 40;
  private static final long NANOS = 30_000_000;

  private Bfloat16Gain() {}

  /** Whether oneDNN has it here at all: its convolutions need AVX-512. */
  static boolean supported() {
    return Dnnl.isa().hasAvx512();
  }

  /** Time in float32 over time in bfloat16; {@link #ASSUMED} while that cannot be measured. */
  static double gain(TuningCache cache) {
    double kept = kept(cache);
    if (kept > 0) {
      return kept;
    }
    ContentionMonitor monitor = ThreadPool.get().monitor();
    if (monitor == null) {
      return ASSUMED;
    }
    try (monitor) {
      LongSupplier own = ThreadCpuClock.get();
      long begin = own.getAsLong();
      long start = System.nanoTime();
      long plain = measure(Precision.FLOAT32);
      long half = measure(Precision.BFLOAT16);
      boolean quiet = own.getAsLong() - begin >= Tuner.QUIET * (System.nanoTime() - start);
      if (monitor.isDisturbed()) {
        return ASSUMED;
      }
      cache.put(name(Precision.FLOAT32), plain, quiet);
      cache.put(name(Precision.BFLOAT16), half, quiet);
      cache.save();
      return kept(cache);
    }
  }

  private static double kept(TuningCache cache) {
    long plain = cache.get(name(Precision.FLOAT32));
    long half = cache.get(name(Precision.BFLOAT16));
    return plain > 0 && half > 0 ? (double) plain / half : -1;
  }

  private static String name(Precision precision) {
    return "product." + precision;
  }

  /** The shortest of many runs of a pointwise convolution on one thread. */
  private static long measure(Precision precision) {
    Kernel.Convolution product = new Kernel.Convolution("", "", CHANNELS, CHANNELS, 1, 1, 0, 1);
    Candidate candidate =
        new Candidate(product, SIDE, SIDE, false, new OnednnBackend(precision).product());
    try (Microbenchmark convolution = new Microbenchmark(candidate, precision)) {
      return Math.max(1, convolution.least(NANOS));
    }
  }
}
