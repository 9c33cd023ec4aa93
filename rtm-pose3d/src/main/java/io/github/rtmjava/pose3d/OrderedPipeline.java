package io.github.rtmjava.pose3d;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Things that go through steps in groups and come out in their order. The source and each step have
 * a thread of their own: while the caller works on one group, the next is in the last step, the one
 * after it in the step before that.
 *
 * <p>Bounded: one group waits between two steps, and so many before the first of them as the source
 * may be ahead. What a source or a step throws comes out after all that was there before it.
 *
 * @param <T> what comes out of the last step so far
 */
final class OrderedPipeline<T> {
  private final Line line;
  private final Pipe<List<T>> end;

  private OrderedPipeline(Line line, Pipe<List<T>> end) {
    this.line = line;
    this.end = end;
    line.pipes.add(end);
  }

  /**
   * A source that waits: it is asked for a group when there is room for it.
   *
   * @param thread name of its thread
   * @param groups the next group at each call, an empty one at the end
   * @param ahead how many groups there may be before the first step
   */
  static <T> OrderedPipeline<T> waiting(String thread, Supplier<List<T>> groups, int ahead) {
    Pipe<List<T>> pipe = new Pipe<>(ahead, group -> {});
    Line line =
        new Line(
            thread,
            task(
                pipe,
                () -> {
                  boolean more = true;
                  while (more && pipe.awaitRoom()) {
                    List<T> group = groups.get();
                    more = !group.isEmpty() && pipe.put(group);
                  }
                }));
    return new OrderedPipeline<>(line, pipe);
  }

  /**
   * A source that does not wait: the newest group takes the place of one that waits.
   *
   * @param thread name of its thread
   * @param groups the next group at each call, an empty one at the end
   */
  static <T> OrderedPipeline<T> live(String thread, Supplier<List<T>> groups) {
    Pipe<List<T>> pipe = new Pipe<>(1, group -> {});
    Line line =
        new Line(
            thread,
            task(
                pipe,
                () -> {
                  List<T> group = groups.get();
                  while (!group.isEmpty() && pipe.putLatest(group)) {
                    group = groups.get();
                  }
                }));
    return new OrderedPipeline<>(line, pipe);
  }

  /**
   * One more step.
   *
   * @param step makes a result of each in a group
   * @param discard what becomes of results that nobody takes
   */
  <R> OrderedPipeline<R> then(Function<List<T>, List<R>> step, Consumer<R> discard) {
    Pipe<List<R>> next = new Pipe<>(1, results -> results.forEach(discard));
    line.steps.add(
        task(
            next,
            () -> {
              boolean more = true;
              List<T> group;
              while (more && (group = end.take()) != null) {
                more = next.put(step.apply(group));
              }
              Throwable failure = end.failure();
              if (failure != null) {
                next.fail(failure);
              }
            }));
    return new OrderedPipeline<>(line, next);
  }

  /** How many groups of a live source have been dropped; of what is before the first step. */
  long dropped() {
    return end.dropped();
  }

  /** Begins now, and not when the first result is asked for. */
  OrderedPipeline<T> begin() {
    line.begin();
    return this;
  }

  /** All results; closing it stops the work and waits until the steps have ended. */
  Stream<T> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new Results(), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(line::close);
  }

  private final class Results implements Iterator<T> {
    private final Deque<T> ready = new ArrayDeque<>();
    private boolean ended;

    @Override
    public boolean hasNext() {
      line.begin();
      while (ready.isEmpty() && !ended) {
        List<T> group = take();
        if (group != null) {
          ready.addAll(group);
        } else {
          stop();
        }
      }
      return !ready.isEmpty();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are no more results");
      }
      return ready.remove();
    }

    private @Nullable List<T> take() {
      try {
        return end.take();
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while poses were looked for");
      }
    }

    private void stop() {
      ended = true;
      Throwable failure = end.failure();
      line.stop();
      if (failure instanceof RuntimeException problem) {
        throw problem;
      } else if (failure instanceof Error problem) {
        throw problem;
      } else if (failure != null) {
        throw new IllegalStateException("nothing can be taken from the source any more", failure);
      }
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Work whose results go into a pipe. */
  private static Runnable task(Pipe<?> target, Work work) {
    return () -> {
      try {
        work.run();
        target.end();
      } catch (InterruptedException e) {
        target.end();
      } catch (Throwable e) {
        // Of any kind: whoever waits for the pipe has to hear of it.
        target.fail(e);
      }
    };
  }

  /** The threads and pipes of all steps. */
  private static final class Line {
    final List<Pipe<?>> pipes = new ArrayList<>();
    final List<Runnable> steps = new ArrayList<>();
    private final String sourceName;
    private final Runnable source;
    private boolean stopped;
    private @Nullable Workers giving;
    private @Nullable Workers working;

    Line(String sourceName, Runnable source) {
      this.sourceName = sourceName;
      this.source = source;
    }

    synchronized void begin() {
      if (working == null && !stopped) {
        giving = new Workers(sourceName, List.of(source));
        working = new Workers("rtm poses", steps);
      }
    }

    synchronized void stop() {
      stopped = true;
      pipes.forEach(Pipe::abandon);
      if (giving != null && working != null) {
        giving.stop();
        working.stop();
      }
    }

    /** The source is not waited for: it may be without end. */
    void close() {
      stop();
      Workers running = working();
      if (running != null) {
        running.awaitEnd();
      }
    }

    private synchronized @Nullable Workers working() {
      return working;
    }
  }
}
