package io.github.rtmjava.engine;

/** Arithmetic of an engine. What goes in and comes out is float32 always. */
public enum Precision {
  FLOAT32,
  BFLOAT16,
  FLOAT16,
  /**
   * The fastest whose error is known to be harmless for the network on this machine; {@link
   * #FLOAT32} for all others.
   */
  AUTO
}
