package io.github.rtmjava.image;

/** Tells tests of other packages what pictures have left in native memory. */
public final class NativePictures {
  private NativePictures() {}

  /** How many are uploaded and not closed. */
  public static int open() {
    return NativePicture.OPEN.get();
  }
}
