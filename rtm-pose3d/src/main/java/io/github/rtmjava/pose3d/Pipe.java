package io.github.rtmjava.pose3d;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Hands things from one thread to the next in their order, only so many ahead. */
final class Pipe<T> {
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private @Nullable Throwable failure;
  private boolean ended;
  private long dropped;

  Pipe(int capacity) {
    this.capacity = capacity;
  }

  /** Waits until there is room. */
  synchronized void put(T item) throws InterruptedException {
    while (items.size() >= capacity) {
      wait();
    }
    items.add(item);
    notifyAll();
  }

  /** Makes room by dropping what waits longest. */
  synchronized void putLatest(T item) {
    while (items.size() >= capacity) {
      items.remove();
      dropped++;
    }
    items.add(item);
    notifyAll();
  }

  /** Nothing follows. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing follows, and this is why. */
  synchronized void fail(Throwable problem) {
    failure = problem;
    end();
  }

  /** Waits for the next; null at the end. */
  synchronized @Nullable T take() throws InterruptedException {
    while (items.isEmpty() && !ended) {
      wait();
    }
    T item = items.poll();
    notifyAll();
    return item;
  }

  /** Why nothing follows; null if it simply ended. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** How many were dropped to make room. */
  synchronized long dropped() {
    return dropped;
  }
}
