package io.github.rtmjava.onednn.natives;

import io.github.rtmjava.engine.EngineException;
import org.bytedeco.dnnl.global.dnnl;

/** oneDNN's answers. */
public final class Status {
  private Status() {}

  /**
   * Checks an answer.
   *
   * @param what what was asked for
   * @throws EngineException where it is not success
   */
  public static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new EngineException("oneDNN refuses %s (status %s)".formatted(what, status));
    }
  }
}
