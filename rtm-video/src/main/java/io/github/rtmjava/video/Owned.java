package io.github.rtmjava.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What one object owns of native things; closed once, the last one first. */
final class Owned implements AutoCloseable {
  private final Deque<Runnable> closers = new ArrayDeque<>();

  /** Takes something that is closed like this. */
  <T> T add(T thing, Consumer<T> closer) {
    closers.push(() -> closer.accept(thing));
    return thing;
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
