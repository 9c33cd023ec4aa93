package io.github.rtmjava.compiler;

import io.github.rtmjava.tensor.DType;

/**
 * A way in which an engine can do a step, and what it can do with values that are windows of wider
 * maps. Ways are values: those alike are equal.
 */
public interface Way {
  /** In lower case, for people and for tuning caches: {@code direct}, {@code winograd-4x4}. */
  String name();

  /** Whether every input but a sum's second operand may be a window. */
  boolean readsWindow();

  /** Whether the result may go among the channels of a wider map. */
  boolean writesWindow();

  /** Whether a sum can be stored where its second operand is. */
  boolean addsInPlace();

  /** The type in which it computes where maps are of a narrower or the same one. */
  DType computesIn();

  /** Bytes, in float32, of a convolution's weights in the form in which it takes them. */
  default long weightBytes(Kernel.Convolution conv) {
    return plainBytes(conv);
  }

  /** Bytes of a convolution's weights in the checkpoint, in float32. */
  static long plainBytes(Kernel.Convolution conv) {
    long pairs = (long) conv.in() / conv.groups() * conv.out();
    return pairs * conv.kernel() * conv.kernel() * Float.BYTES;
  }
}
