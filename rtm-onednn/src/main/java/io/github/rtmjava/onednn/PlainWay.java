package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.tensor.DType;

/** A way that takes weights in as many bytes as they have in the checkpoint. */
record PlainWay(
    String name, boolean readsWindow, boolean writesWindow, boolean addsInPlace, DType computesIn)
    implements Way {
  /** A convolution as a product of matrices by oneDNN. */
  static PlainWay product(DType type) {
    return new PlainWay("product", true, true, true, type);
  }

  /** oneDNN's convolution. */
  static PlainWay direct(DType type) {
    return new PlainWay("direct", false, false, true, type);
  }

  /** A primitive that is fast on dense maps only. */
  static PlainWay dense(DType type) {
    return new PlainWay("primitive", false, false, false, type);
  }

  /** What takes any distance from pixel to pixel: reorders and our loops. */
  static PlainWay anywhere(DType type) {
    return new PlainWay("move", true, true, false, type);
  }
}
