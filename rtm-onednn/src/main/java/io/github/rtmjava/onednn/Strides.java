package io.github.rtmjava.onednn;

/** Distances between elements. */
final class Strides {
  private Strides() {}

  /** Of a dense array whose last dimension is innermost. */
  static long[] rowMajor(long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }
}
