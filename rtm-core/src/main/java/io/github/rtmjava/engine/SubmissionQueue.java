package io.github.rtmjava.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be computed, first come, first served; cut into batches. */
final class SubmissionQueue {
  private final BatchLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Deque<Submission<?>> waiting = new ArrayDeque<>();
  private int images;
  private int batches;
  private boolean lingering;
  private boolean closed;

  SubmissionQueue(BatchLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes something in.
   *
   * @throws RejectedExecutionException if there is no room for it
   * @throws IllegalStateException after {@link #close}
   */
  void add(Submission<?> submission) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (images + submission.images() > limits.queue()) {
        throw new RejectedExecutionException(
            "%s images wait already, of %s at most; try again later"
                .formatted(images, limits.queue()));
      }
      waiting.add(submission);
      images += submission.images();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes something out; false if it does not wait here. */
  boolean remove(Submission<?> submission) {
    lock.lock();
    try {
      boolean waited = waiting.remove(submission);
      if (waited) {
        images -= submission.images();
        changed.signalAll();
      }
      return waited;
    } finally {
      lock.unlock();
    }
  }

  int images() {
    lock.lock();
    try {
      return images;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next batch, which the caller reports as {@link #done}.
   *
   * @return nothing after {@link #close}, when nothing waits any more
   */
  List<Submission<?>> take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed || !waiting.isEmpty()) {
        if (waiting.isEmpty() || lingering) {
          changed.await();
          continue;
        }
        linger();
        if (!waiting.isEmpty()) {
          batches++;
          return cut();
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the batch is full, or has waited long enough, or is empty. */
  private void linger() throws InterruptedException {
    lingering = true;
    try {
      for (long left = lingersFor(); left > 0; left = lingersFor()) {
        changed.awaitNanos(left);
      }
    } finally {
      lingering = false;
      changed.signalAll();
    }
  }

  private long lingersFor() {
    Submission<?> first = waiting.peek();
    return closed || first == null || images >= limits.mostImages()
        ? 0
        : first.since() + limits.linger().toNanos() - System.nanoTime();
  }

  private List<Submission<?>> cut() {
    List<Submission<?>> batch = new ArrayList<>();
    int sum = 0;
    for (Submission<?> next = waiting.peek();
        next != null && sum + next.images() <= limits.mostImages();
        next = waiting.peek()) {
      batch.add(waiting.remove());
      sum += next.images();
    }
    images -= sum;
    return batch;
  }

  /** A batch that was taken has been computed. */
  void done() {
    lock.lock();
    try {
      batches--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing in any more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything out. */
  List<Submission<?>> clear() {
    lock.lock();
    try {
      List<Submission<?>> all = List.copyOf(waiting);
      waiting.clear();
      images = 0;
      changed.signalAll();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits and nothing is computed; false if that takes too long. */
  boolean awaitIdle(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!waiting.isEmpty() || batches > 0) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
