package io.github.rtmjava.pose3d;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things in groups that go through the networks together: each of at most so many, and of about
 * {@value #PIXELS} pixels.
 *
 * @param <I> what the source gives
 * @param <T> what is made of it
 */
final class Groups<I, T> implements Supplier<List<T>> {
  private static final long PIXELS = 12_000_000;

  private final Iterator<I> source;
  private final int most;
  private final Function<I, T> open;
  private final ToLongFunction<T> pixels;
  private @Nullable Throwable problem;

  /**
   * Of a source.
   *
   * @param most things in a group, at least 1
   * @param open makes something of what the source gives, one after the other
   * @param pixels how many that has
   */
  Groups(Iterator<I> source, int most, Function<I, T> open, ToLongFunction<T> pixels) {
    this.source = source;
    this.most = most;
    this.open = open;
    this.pixels = pixels;
  }

  /** How many things of so many pixels each are in a group. */
  static int size(int most, long pixels) {
    return (int) Math.min(most, (PIXELS + pixels - 1) / pixels);
  }

  /** The next group; none at the end. What the source throws comes after what it gave before. */
  @Override
  public List<T> get() {
    if (problem instanceof Error known) {
      throw known;
    } else if (problem instanceof RuntimeException known) {
      throw known;
    }
    List<T> group = new ArrayList<>();
    long sum = 0;
    try {
      while (group.size() < most && sum < PIXELS && source.hasNext()) {
        T item = open.apply(source.next());
        group.add(item);
        sum += pixels.applyAsLong(item);
      }
    } catch (RuntimeException | Error e) {
      if (group.isEmpty()) {
        throw e;
      }
      problem = e;
    }
    return group;
  }
}
