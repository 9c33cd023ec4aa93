package io.github.rtmjava.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One block of memory for all buffers of a plan: those that do not live at the same time share it.
 * The largest buffers are placed first, each at the lowest offset that is free while it lives.
 *
 * @param offsets in bytes, by buffer
 * @param bytes of the whole block
 */
public record Arena(List<Long> offsets, long bytes) {
  /** Multiple of all offsets, in bytes: a cache line. */
  public static final long ALIGNMENT = 64;

  public Arena {
    offsets = List.copyOf(offsets);
  }

  /** The arena for a batch of {@code images}. */
  public static Arena of(List<MemoryPlan.Buffer> buffers, int images) {
    Long[] offsets = new Long[buffers.size()];
    List<Integer> placed = new ArrayList<>();
    List<Integer> order =
        IntStream.range(0, buffers.size())
            .boxed()
            .sorted(Comparator.comparing(i -> -bytes(buffers.get(i), images)))
            .toList();
    long end = 0;
    for (int i : order) {
      long offset = 0;
      for (int other : placed) {
        if (meet(buffers.get(i), buffers.get(other))
            && offsets[other] < offset + bytes(buffers.get(i), images)
            && offset < offsets[other] + bytes(buffers.get(other), images)) {
          offset = offsets[other] + bytes(buffers.get(other), images);
        }
      }
      offsets[i] = offset;
      end = Math.max(end, offset + bytes(buffers.get(i), images));
      placed.add(i);
      placed.sort(Comparator.comparing(p -> offsets[p]));
    }
    return new Arena(List.of(offsets), end);
  }

  private static long bytes(MemoryPlan.Buffer buffer, int images) {
    long bytes =
        Math.multiplyExact(
            Math.multiplyExact(buffer.elements(), (long) images), buffer.type().bytes());
    return Math.floorDiv(bytes + ALIGNMENT - 1, ALIGNMENT) * ALIGNMENT;
  }

  private static boolean meet(MemoryPlan.Buffer a, MemoryPlan.Buffer b) {
    return a.first() <= b.last() && b.first() <= a.last();
  }
}
