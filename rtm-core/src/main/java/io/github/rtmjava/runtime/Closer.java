package io.github.rtmjava.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Things that are opened one after the other and closed together, the last one first, whatever
 * fails: an exception of any kind while more is opened, or one of the closings.
 *
 * <pre>{@code
 * try (Closer opened = new Closer()) {
 *   Detector detector = opened.add(Detector.open());
 *   Pipeline made = new Pipeline(detector, opened.add(Estimator.open()));
 *   opened.release();
 *   return made;
 * }
 * }</pre>
 */
public final class Closer implements AutoCloseable {
  private final Deque<AutoCloseable> things = new ArrayDeque<>();

  /** Takes something, which is then closed with this. */
  public <T extends AutoCloseable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /** Leaves all that was taken to another owner: it is not closed with this. */
  public void release() {
    things.clear();
  }

  /**
   * Closes everything.
   *
   * @throws RuntimeException the first failure, if any, with the others suppressed; an {@link
   *     IllegalStateException} with it as its cause if it is a checked one
   */
  @Override
  public void close() {
    Throwable first = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (Exception | Error e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof RuntimeException e) {
      throw e;
    } else if (first instanceof Error e) {
      throw e;
    } else if (first != null) {
      throw new IllegalStateException(first);
    }
  }

  /** Closes all things in their order, as {@link #close} does; null stands for nothing. */
  public static void closeAll(@Nullable AutoCloseable... all) {
    Closer closer = new Closer();
    for (int i = all.length - 1; i >= 0; i--) {
      AutoCloseable thing = all[i];
      if (thing != null) {
        closer.add(thing);
      }
    }
    closer.close();
  }
}
