package io.github.rtmjava.model;

import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Set;

/**
 * A model's weights by checkpoint key. Each may be read from its file when asked for, so whoever
 * asks should keep what is needed and let the rest go. Safe for use by several threads.
 */
public interface Weights {
  /** Every key, in the checkpoint's order. */
  Set<String> keys();

  /**
   * One weight in the type in which it is stored.
   *
   * @throws IllegalArgumentException if there is none of that key
   * @throws IOException if the file can no longer be read
   */
  Tensor get(String key) throws IOException;
}
