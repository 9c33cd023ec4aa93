package io.github.rtmjava.pose3d;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands things from one thread to the next in their order, only so many ahead. */
final class Pipe<T> {
  private final int capacity;
  private final Consumer<T> discard;
  private final Deque<T> items = new ArrayDeque<>();
  private @Nullable Throwable failure;
  private boolean ended;
  private boolean abandoned;
  private long dropped;

  /**
   * An empty one.
   *
   * @param capacity how many things may wait in it
   * @param discard what becomes of things that nobody takes
   */
  Pipe(int capacity, Consumer<T> discard) {
    this.capacity = capacity;
    this.discard = discard;
  }

  /** Waits until there is room; false if nobody takes anything any more. */
  synchronized boolean awaitRoom() throws InterruptedException {
    while (items.size() >= capacity && !abandoned) {
      wait();
    }
    return !abandoned;
  }

  /** Waits until there is room, and takes over the item; false as {@link #awaitRoom}. */
  synchronized boolean put(T item) throws InterruptedException {
    boolean taken = false;
    try {
      taken = awaitRoom();
    } finally {
      if (!taken) {
        discard.accept(item);
      }
    }
    if (taken) {
      items.add(item);
      notifyAll();
    }
    return taken;
  }

  /** Makes room by dropping what waits longest; false as {@link #awaitRoom}. */
  synchronized boolean putLatest(T item) throws InterruptedException {
    while (items.size() >= capacity) {
      discard.accept(items.remove());
      dropped++;
    }
    return put(item);
  }

  /** Nothing follows. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing follows, and this is why. */
  synchronized void fail(Throwable problem) {
    if (!abandoned) {
      failure = problem;
    }
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

  /** Nobody takes anything any more. */
  synchronized void abandon() {
    abandoned = true;
    failure = null;
    items.forEach(discard);
    items.clear();
    end();
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
