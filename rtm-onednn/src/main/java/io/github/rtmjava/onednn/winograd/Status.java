package io.github.rtmjava.onednn.winograd;

import org.bytedeco.dnnl.global.dnnl;

/** oneDNN's answers. */
final class Status {
  private Status() {}

  /**
   * Checks an answer.
   *
   * @param what what was asked for
   * @throws IllegalStateException where it is not success
   */
  static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN refuses %s (status %s)".formatted(what, status));
    }
  }
}
