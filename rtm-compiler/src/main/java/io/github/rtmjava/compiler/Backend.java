package io.github.rtmjava.compiler;

/** What an engine's steps can do with values that are windows of wider maps. */
public interface Backend {
  /** Whether the step can write its result among the channels of a wider map. */
  boolean writesWindow(Step step);

  /** Whether the step can read an input, by its place among its inputs, from a wider map. */
  boolean readsWindow(Step step, int input);

  /** Whether the step can store its sum where its last input is. */
  boolean addsInPlace(Step step);
}
