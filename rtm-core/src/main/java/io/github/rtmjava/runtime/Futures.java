package io.github.rtmjava.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Results that come later, of several steps: who cancels the last cancels the one under way. */
public final class Futures {
  private Futures() {}

  /**
   * One step after another.
   *
   * @param next the second step, which begins where the first one's result is; what it throws fails
   *     the future
   * @return the second step's result. It fails as either of them does, with the very exception
   */
  public static <T, R> CompletableFuture<R> then(
      CompletableFuture<T> first, Function<? super T, CompletableFuture<R>> next) {
    CompletableFuture<R> last = new CompletableFuture<>();
    var unused =
        first.whenComplete(
            (result, failure) -> {
              if (failure != null) {
                last.completeExceptionally(cause(failure));
              } else if (!last.isDone()) {
                begin(last, () -> next.apply(result));
              }
            });
    cancelWith(last, first);
    return last;
  }

  /** A result made of another one; {@link #then} with a second step that is done at once. */
  public static <T, R> CompletableFuture<R> map(
      CompletableFuture<T> first, Function<? super T, ? extends R> second) {
    return then(first, result -> CompletableFuture.completedFuture(second.apply(result)));
  }

  private interface Step<R> {
    CompletableFuture<R> begin();
  }

  private static <R> void begin(CompletableFuture<R> last, Step<R> step) {
    try {
      CompletableFuture<R> second = step.begin();
      cancelWith(last, second);
      var unused =
          second.whenComplete(
              (result, failure) -> {
                if (failure != null) {
                  last.completeExceptionally(cause(failure));
                } else {
                  last.complete(result);
                }
              });
    } catch (RuntimeException | Error e) {
      last.completeExceptionally(e);
    }
  }

  /** Whoever completes the one takes back the other. */
  private static void cancelWith(CompletableFuture<?> last, CompletableFuture<?> step) {
    var unused =
        last.whenComplete((result, failure) -> step.cancel(/* mayInterruptIfRunning= */ false));
  }

  /**
   * A result for which something has to stay open.
   *
   * @param begin makes the result
   * @param close is run once the result is there, has failed or is cancelled, and before anybody
   *     hears of it; also if {@code begin} throws
   */
  public static <R> CompletableFuture<R> closing(
      Supplier<CompletableFuture<R>> begin, Runnable close) {
    CompletableFuture<R> result;
    try {
      result = begin.get();
    } catch (RuntimeException | Error e) {
      close.run();
      throw e;
    }
    CompletableFuture<R> last = map(result.whenComplete((r, failure) -> close.run()), r -> r);
    cancelWith(last, result);
    return last;
  }

  /**
   * Items in groups, one group after the other.
   *
   * @param most items of a group, at least 1
   * @param step makes the results of a group
   * @return the results of all items in their order
   */
  public static <T, R> CompletableFuture<List<R>> inGroups(
      List<T> items, int most, Function<List<T>, CompletableFuture<List<R>>> step) {
    return then(
        CompletableFuture.completedFuture(List.<R>of()), none -> from(items, 0, most, none, step));
  }

  private static <T, R> CompletableFuture<List<R>> from(
      List<T> items,
      int first,
      int most,
      List<R> before,
      Function<List<T>, CompletableFuture<List<R>>> step) {
    List<R> results = new ArrayList<>(before);
    int from = first;
    while (from < items.size()) {
      int to = Math.min(items.size(), from + most);
      CompletableFuture<List<R>> group = step.apply(items.subList(from, to));
      if (!group.isDone() || group.isCompletedExceptionally()) {
        return then(
            group,
            found -> {
              results.addAll(found);
              return from(items, to, most, results, step);
            });
      }
      results.addAll(group.join());
      from = to;
    }
    return CompletableFuture.completedFuture(results);
  }

  /**
   * Waits for a result.
   *
   * @throws RuntimeException the very exception that it failed with, or a {@link
   *     CompletionException} around a checked one
   * @throws CancellationException if the thread is interrupted, which takes back what was begun
   */
  public static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.cancel(/* mayInterruptIfRunning= */ false);
      throw new CancellationException("interrupted while waiting for a result");
    } catch (ExecutionException e) {
      Throwable cause = cause(e);
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (cause instanceof Error error) {
        throw error;
      }
      throw new CompletionException(cause);
    }
  }

  private static Throwable cause(Throwable failure) {
    @Nullable Throwable inner = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && inner != null ? inner : failure;
  }
}
