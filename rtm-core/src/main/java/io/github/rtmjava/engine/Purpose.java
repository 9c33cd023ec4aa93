package io.github.rtmjava.engine;

/** What a network is compiled for. */
public enum Purpose {
  /** To be run: weights may be folded into each other and kept in any order. */
  INFERENCE,
  /**
   * To be trained: every weight stays by itself under its key, and batch norms are operations of
   * their own. Not every engine can.
   */
  TRAINING
}
