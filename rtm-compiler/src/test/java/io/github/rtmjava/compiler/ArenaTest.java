package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.tensor.DType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArenaTest {
  @Test
  void buffersThatLiveTogetherNeverOverlap() {
    for (int seed = 0; seed < 500; seed++) {
      List<MemoryPlan.Buffer> buffers = random(seed);
      int images = 1 + seed % 3;
      Arena arena = Arena.of(buffers, images);
      for (int i = 0; i < buffers.size(); i++) {
        for (int j = 0; j < i; j++) {
          MemoryPlan.Buffer a = buffers.get(i);
          MemoryPlan.Buffer b = buffers.get(j);
          boolean together = a.first() <= b.last() && b.first() <= a.last();
          assertTrue(
              !together
                  || arena.offsets().get(i) + bytes(a, images) <= arena.offsets().get(j)
                  || arena.offsets().get(j) + bytes(b, images) <= arena.offsets().get(i),
              "seed " + seed);
        }
      }
    }
  }

  @Test
  void everyBufferIsWithinTheBlock() {
    for (int seed = 0; seed < 500; seed++) {
      List<MemoryPlan.Buffer> buffers = random(seed);
      Arena arena = Arena.of(buffers, 2);
      for (int i = 0; i < buffers.size(); i++) {
        assertTrue(arena.offsets().get(i) >= 0);
        assertTrue(arena.offsets().get(i) + bytes(buffers.get(i), 2) <= arena.bytes());
      }
    }
  }

  @Test
  void theBlockIsNoLargerThanAllBuffersTogether() {
    for (int seed = 0; seed < 500; seed++) {
      List<MemoryPlan.Buffer> buffers = random(seed);
      long sum = buffers.stream().mapToLong(b -> aligned(bytes(b, 1))).sum();
      assertTrue(Arena.of(buffers, 1).bytes() <= sum, "seed " + seed);
    }
  }

  @Test
  void offsetsAreAligned() {
    Arena arena = Arena.of(random(7), 1);
    arena.offsets().forEach(offset -> assertEquals(0, offset % Arena.ALIGNMENT));
  }

  @Test
  void buffersOneAfterAnotherShareTheirMemory() {
    List<MemoryPlan.Buffer> buffers =
        List.of(
            new MemoryPlan.Buffer(100, DType.FLOAT32, 0, 1),
            new MemoryPlan.Buffer(50, DType.FLOAT32, 2, 3),
            new MemoryPlan.Buffer(10, DType.BFLOAT16, 4, 5));
    assertEquals(new Arena(List.of(0L, 0L, 0L), 448), Arena.of(buffers, 1));
  }

  @Test
  void aBufferLivesInItsFirstAndItsLastStep() {
    List<MemoryPlan.Buffer> buffers =
        List.of(
            new MemoryPlan.Buffer(16, DType.FLOAT32, 0, 1),
            new MemoryPlan.Buffer(16, DType.FLOAT32, 1, 2));
    assertEquals(128, Arena.of(buffers, 1).bytes());
  }

  private static List<MemoryPlan.Buffer> random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(
            () -> {
              int first = random.nextInt(30) - 1;
              return new MemoryPlan.Buffer(
                  1 + random.nextInt(1000),
                  random.nextBoolean() ? DType.FLOAT32 : DType.BFLOAT16,
                  first,
                  first + random.nextInt(12));
            })
        .limit(1 + random.nextInt(40))
        .toList();
  }

  private static long bytes(MemoryPlan.Buffer buffer, int images) {
    return buffer.elements() * images * buffer.type().bytes();
  }

  private static long aligned(long bytes) {
    return (bytes + Arena.ALIGNMENT - 1) / Arena.ALIGNMENT * Arena.ALIGNMENT;
  }
}
