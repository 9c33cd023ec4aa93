package io.github.rtmjava.tensor;

/** Element types that checkpoints and bundles use. All values are stored little-endian. */
public enum DType {
  FLOAT16(2, true),
  BFLOAT16(2, true),
  FLOAT32(4, true),
  FLOAT64(8, true),
  INT8(1, false),
  UINT8(1, false),
  INT16(2, false),
  INT32(4, false),
  INT64(8, false),
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  DType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** Whether this is one of the four floating-point types. */
  public boolean isFloating() {
    return floating;
  }
}
