package io.github.rtmjava.compiler;

import java.util.List;

/** What an engine can do. */
public interface Backend {
  /** The ways in which it can do a step of a program, its usual one first; none if it cannot. */
  List<Way> ways(Step step);

  /** What it keeps in float32 where a network is computed in a narrower type. */
  TypePolicy types();
}
