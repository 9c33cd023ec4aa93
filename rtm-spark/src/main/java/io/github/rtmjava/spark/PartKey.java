package io.github.rtmjava.spark;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a {@link PartRecord} belongs.
 *
 * @param video which of those that are looked at together
 * @param part of it
 * @param number of the record in that part; grows
 */
record PartKey(int video, int part, long number) implements Serializable, Comparable<PartKey> {
  private static final Comparator<PartKey> ORDER =
      Comparator.comparingInt(PartKey::video)
          .thenComparingInt(PartKey::part)
          .thenComparingLong(PartKey::number);

  @Override
  public int compareTo(PartKey other) {
    return ORDER.compare(this, other);
  }
}
