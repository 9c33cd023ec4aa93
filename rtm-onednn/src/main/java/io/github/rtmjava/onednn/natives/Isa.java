package io.github.rtmjava.onednn.natives;

import java.util.Locale;

/**
 * Instructions that oneDNN uses on a processor: sets, each with all of those before it in a family.
 *
 * @param bits oneDNN's {@code dnnl_cpu_isa_t}, in which a bit stands for an extension
 */
public record Isa(int bits) {
  /** Those with a name, each after all that it holds. */
  private enum Named {
    SSE41(0x1),
    AVX(0x3),
    AVX2(0x7),
    AVX2_VNNI(0xf),
    AVX2_VNNI_2(0x1f),
    AVX512_CORE(0x27),
    AVX512_CORE_VNNI(0x67),
    AVX512_CORE_BF16(0xe7),
    AVX512_CORE_FP16(0x1ef),
    AVX512_CORE_AMX(0xfef),
    AVX512_CORE_AMX_FP16(0x1fef),
    AVX10_2_512(0x201ff),
    AVX10_2_512_AMX_2(0x22fff);

    private final int bits;

    Named(int bits) {
      this.bits = bits;
    }
  }

  /** Whether there is all that AVX-512's first set has. */
  public boolean hasAvx512() {
    return has(Named.AVX512_CORE);
  }

  private boolean has(Named other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * As oneDNN's environment variable names it. A set that is not known is named after the largest
   * known one that it holds, and its number: {@code AVX512_CORE_FP16+0x401ef}.
   */
  @Override
  public String toString() {
    Named largest = null;
    for (Named one : Named.values()) {
      if (has(one)) {
        largest = one;
      }
    }
    if (largest == null) {
      return number();
    }
    return largest.bits == bits ? largest.name() : largest.name() + "+" + number();
  }

  private String number() {
    return String.format(Locale.ROOT, "0x%x", bits);
  }
}
