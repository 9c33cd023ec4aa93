package io.github.rtmjava.samediff;

/** Order of the axes of an image batch. Values of any other rank are always {@link #NCHW}. */
enum DataFormat {
  /** As the network declares it. */
  NCHW,
  /** As convolutions run fastest: channels innermost. */
  NHWC;

  /** The permutation that takes this format to the other one. */
  int[] toOther() {
    return this == NCHW ? new int[] {0, 2, 3, 1} : new int[] {0, 3, 1, 2};
  }

  /** Where this format keeps an axis of an NCHW value. */
  int axis(int nchwAxis) {
    if (this == NCHW) {
      return nchwAxis;
    }
    return switch (nchwAxis) {
      case 0 -> 0;
      case 1 -> 3;
      case 2 -> 1;
      case 3 -> 2;
      default -> throw new IllegalArgumentException("an image has no axis " + nchwAxis);
    };
  }
}
