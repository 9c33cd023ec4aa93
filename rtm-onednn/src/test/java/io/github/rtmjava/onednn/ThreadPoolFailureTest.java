package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.onednn.natives.OpenMp;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever fails, and whenever: the caller hears of it, nobody waits for ever. */
class ThreadPoolFailureTest {
  private static final int PHASES = 5;

  private final ThreadPool pool = new ThreadPool(4, OpenMp.load(), new Gate());

  /** Not a region's own failure: a number says whose it is. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(int phase, int member) {
      super("phase " + phase + ", member " + member, null, false, false);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFailureInAnyPhaseOfAnyMemberEndsTheRun(int members) {
    for (int round = 0; round < 60; round++) {
      for (int phase = 0; phase < PHASES; phase++) {
        for (int failing = 0; failing < members; failing++) {
          failsOnce(members, phase, failing);
        }
      }
    }
    assertAllAreFree();
  }

  private void failsOnce(int members, int failingPhase, int failing) {
    AtomicIntegerArray passed = new AtomicIntegerArray(members);
    Failed thrown =
        assertThrows(
            Failed.class,
            () ->
                pool.run(
                    members,
                    (member, region) -> {
                      for (int phase = 0; phase < PHASES; phase++) {
                        if (phase == failingPhase && member == failing) {
                          throw new Failed(phase, member);
                        }
                        region.barrier();
                        passed.incrementAndGet(member);
                      }
                    }));
    assertEquals("phase " + failingPhase + ", member " + failing, thrown.getMessage());
    for (int member = 0; member < members; member++) {
      assertTrue(passed.get(member) <= failingPhase, "passed a barrier without all members");
    }
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void severalFailuresAtOnceEndTheRun() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      int[] phases = random.ints(4, 0, PHASES + 2).toArray();
      try {
        pool.run(
            4,
            (member, region) -> {
              for (int phase = 0; phase < PHASES; phase++) {
                if (phase == phases[member]) {
                  throw new Failed(phase, member);
                }
                region.barrier();
              }
            });
        assertTrue(Arrays.stream(phases).allMatch(phase -> phase >= PHASES), "nobody heard of it");
      } catch (Failed e) {
        Failed first = e;
        assertTrue(
            IntStream.range(0, 4)
                .mapToObj(member -> new Failed(phases[member], member).getMessage())
                .anyMatch(first.getMessage()::equals),
            e.getMessage());
      }
    }
    assertAllAreFree();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoHasNoMoreToDoIsNotWaitedFor() {
    for (int round = 0; round < 2000; round++) {
      AtomicIntegerArray passed = new AtomicIntegerArray(4);
      pool.run(
          4,
          (member, region) -> {
            for (int phase = 0; phase <= member; phase++) {
              region.barrier();
              passed.incrementAndGet(member);
            }
          });
      assertEquals("[1, 2, 3, 4]", passed.toString());
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anErrorComesOutAsItIs() {
    for (int round = 0; round < 1000; round++) {
      assertThrows(
          OutOfMemoryError.class,
          () ->
              pool.run(
                  3,
                  (member, region) -> {
                    region.barrier();
                    if (member == 0) {
                      throw new OutOfMemoryError("made up");
                    }
                    region.barrier();
                  }));
    }
  }

  /** Whether a run still gets every member within a while. */
  private void assertAllAreFree() {
    boolean[] all = new boolean[1];
    for (int attempt = 0; attempt < 1000 && !all[0]; attempt++) {
      pool.run(4, (member, region) -> all[0] |= member == 0 && region.size() == 4);
    }
    assertTrue(all[0], "processors were lost");
  }
}
