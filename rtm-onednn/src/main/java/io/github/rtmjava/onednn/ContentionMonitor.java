package io.github.rtmjava.onednn;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notices whether others let the pool work while a thread measures something: what is measured then
 * means nothing, and they are not to wait for it.
 */
final class ContentionMonitor implements AutoCloseable {
  private final AtomicReference<@Nullable ContentionMonitor> post;
  private final Thread owner = Thread.currentThread();
  private volatile boolean disturbed;

  /**
   * A monitor of the calling thread.
   *
   * @param post where it stands until it is closed
   */
  ContentionMonitor(AtomicReference<@Nullable ContentionMonitor> post) {
    this.post = post;
  }

  /** Takes note of somebody with work for the pool. */
  void notice(Thread caller) {
    if (caller != owner) {
      disturbed = true;
    }
  }

  boolean isDisturbed() {
    return disturbed;
  }

  @Override
  public void close() {
    post.compareAndSet(this, null);
  }
}
