package io.github.rtmjava.compiler;

import io.github.rtmjava.tensor.DType;

/** A way of no engine. */
record MadeWay(String name, boolean readsWindow, boolean writesWindow, boolean addsInPlace)
    implements Way {
  @Override
  public DType computesIn() {
    return DType.FLOAT32;
  }
}
