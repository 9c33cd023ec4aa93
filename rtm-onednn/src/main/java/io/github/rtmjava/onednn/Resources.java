package io.github.rtmjava.onednn;

import java.util.ArrayDeque;
import java.util.Deque;

/** Native objects that are freed together, last first. */
final class Resources implements AutoCloseable {
  private final Deque<Runnable> frees = new ArrayDeque<>();

  <T> T add(T made, Runnable free) {
    frees.push(free);
    return made;
  }

  @Override
  public void close() {
    while (!frees.isEmpty()) {
      frees.pop().run();
    }
  }
}
