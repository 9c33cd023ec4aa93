package io.github.rtmjava.onednn.natives;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Native objects that are freed together, last first. What is made of several of them adds each as
 * soon as it is there, so that a failure in between frees those before.
 */
public final class Resources implements AutoCloseable {
  private final Deque<Runnable> frees = new ArrayDeque<>();

  /** Keeps something until this is closed. */
  public <T> T add(T made, Runnable free) {
    try {
      frees.push(free);
    } catch (OutOfMemoryError e) {
      free.run();
      throw e;
    }
    return made;
  }

  /** Native memory that is freed with this. */
  public NativeMemory block(long bytes) {
    NativeMemory made = new NativeMemory(bytes);
    return add(made, made::close);
  }

  /** Frees everything on the way out with a failure, which tells of further ones. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException | Error e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Frees everything, whatever fails; then throws the first failure, which tells of the others. */
  @Override
  public void close() {
    Throwable first = null;
    while (!frees.isEmpty()) {
      try {
        frees.pop().run();
      } catch (RuntimeException | Error e) {
        first = joined(first, e);
      }
    }
    if (first instanceof RuntimeException e) {
      throw e;
    } else if (first instanceof Error e) {
      throw e;
    }
  }

  private static Throwable joined(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }
}
