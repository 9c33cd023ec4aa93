package io.github.rtmjava.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something to be done when a deadline passes, unless it is cancelled before. */
final class Expiry {
  private final @Nullable CompletableFuture<@Nullable Void> timer;

  private Expiry(@Nullable CompletableFuture<@Nullable Void> timer) {
    this.timer = timer;
  }

  static Expiry of(Deadline deadline, Runnable action) {
    if (deadline.isNone()) {
      return new Expiry(null);
    }
    CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    // Not on the thread that times all futures of the process: what depends on them may take long.
    var unused =
        timer.whenCompleteAsync(
            (nothing, late) -> {
              if (late != null) {
                action.run();
              }
            });
    timer.orTimeout(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
    return new Expiry(timer);
  }

  void cancel() {
    if (timer != null) {
      timer.complete(null);
    }
  }
}
