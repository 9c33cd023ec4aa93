package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.natives.Dnnl;
import java.util.Locale;
import java.util.Optional;

/**
 * The precision in which a network is computed, and why.
 *
 * @param precision float32 or bfloat16
 * @param gain of bfloat16 over float32 on this processor; 1 where that does not matter
 * @param description for people
 */
record PrecisionPolicy(Precision precision, double gain, String description) {
  /** How much faster than float32 bfloat16 must be. */
  private static final double CLEARLY = 1.15;

  /** How far bfloat16 may move results that nobody asked to have moved. */
  private static final double HARMLESS = 0.02;

  private static final PrecisionPolicy FLOAT32 =
      new PrecisionPolicy(Precision.FLOAT32, 1, "float32");

  /**
   * What becomes of what was asked for.
   *
   * @param architecture of the network
   * @throws EngineException if it was bfloat16 and the processor has none
   */
  static PrecisionPolicy of(EngineOptions options, String architecture) {
    return switch (options.precision()) {
      case FLOAT32, FLOAT16 -> FLOAT32;
      case BFLOAT16 -> asked(Bfloat16Gain.supported(), options.deterministic());
      case AUTO -> {
        String processor = Processor.kind();
        yield automatic(
            Bfloat16Record.find(architecture, processor), architecture, processor, options);
      }
    };
  }

  /** bfloat16 as asked for, whether it is faster or not. */
  static PrecisionPolicy asked(boolean supported, boolean deterministic) {
    if (!supported) {
      throw new EngineException(
          ("asked for was bfloat16, which the engine onednn computes in on processors with AVX-512"
                  + " only; found one with %s: ask for auto or float32")
              .formatted(Dnnl.isa()));
    }
    return new PrecisionPolicy(Precision.BFLOAT16, gain(deterministic), "bfloat16");
  }

  /** bfloat16 where the processor gains by it; float32 is no less precise. */
  static PrecisionPolicy gainful(double gain) {
    return gain > CLEARLY
        ? new PrecisionPolicy(Precision.BFLOAT16, gain, "bfloat16")
        : new PrecisionPolicy(
            Precision.FLOAT32, gain, "float32 (auto: bfloat16 is not faster on this processor)");
  }

  /** bfloat16 where it was measured to be faster and harmless. */
  static PrecisionPolicy automatic(
      Optional<Bfloat16Record> measured,
      String architecture,
      String processor,
      EngineOptions options) {
    if (measured.isEmpty()) {
      return float32("%s was not measured on processors as this: %s", architecture, processor);
    }
    Bfloat16Record found = measured.get();
    if (found.gain() <= CLEARLY) {
      return float32(
          "bfloat16 was %.2f times as fast when %s was measured", found.gain(), architecture);
    }
    if (found.moved() > HARMLESS) {
      return float32(
          "bfloat16 moved %.1f %% of the maxima when %s was measured",
          100 * found.moved(), architecture);
    }
    PrecisionPolicy here =
        gainful(Bfloat16Gain.supported() ? gain(options.deterministic()) : /* none */ 1);
    return here.precision == Precision.FLOAT32
        ? here
        : new PrecisionPolicy(
            Precision.BFLOAT16,
            here.gain,
            String.format(
                Locale.ROOT,
                "bfloat16 (auto: %.2f times as fast, moved %.1f %% of the maxima when measured)",
                found.gain(),
                100 * found.moved()));
  }

  private static PrecisionPolicy float32(String why, Object... arguments) {
    return new PrecisionPolicy(
        Precision.FLOAT32,
        1,
        "float32 (auto: %s)".formatted(String.format(Locale.ROOT, why, arguments)));
  }

  private static double gain(boolean deterministic) {
    return deterministic
        ? Bfloat16Gain.ASSUMED
        : ThreadPool.get().alone(() -> Bfloat16Gain.gain(OnednnTuning.cache()));
  }
}
