package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.onednn.natives.OpenMp;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadPoolTest {
  private final Gate gate = new Gate();
  private final ThreadPool pool = new ThreadPool(3, OpenMp.load(), gate);

  @Test
  void everyMemberWorksOnce() {
    ConcurrentHashMap<Integer, Thread> members = new ConcurrentHashMap<>();
    pool.run(3, (member, region) -> members.put(member, Thread.currentThread()));
    assertEquals(3, members.size());
    assertSame(Thread.currentThread(), members.get(0));
  }

  @Test
  void nobodyPassesABarrierBeforeAllAreThere() {
    AtomicInteger count = new AtomicInteger();
    int[][] seen = new int[3][2000];
    pool.run(
        3,
        (member, region) -> {
          for (int round = 0; round < 2000; round++) {
            count.incrementAndGet();
            region.barrier();
            seen[member][round] = count.get();
            region.barrier();
          }
        });
    int[] expected = IntStream.rangeClosed(1, 2000).map(round -> 3 * round).toArray();
    for (int[] member : seen) {
      assertArrayEquals(expected, member);
    }
  }

  @Test
  void anInterruptedCallerSleepsWhileItWaitsAndStaysInterrupted() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[1];
    Thread.currentThread().interrupt();
    pool.run(
        2,
        (member, region) -> {
          if (member == 0) {
            nanos[0] = -threads.getCurrentThreadCpuTime();
            region.barrier();
            nanos[0] += threads.getCurrentThreadCpuTime();
          } else {
            LockSupport.parkNanos(1_000_000_000);
            region.barrier();
          }
        });
    assertTrue(Thread.interrupted(), "the interrupt was lost");
    assertTrue(nanos[0] < 300_000_000, () -> "waited actively for " + nanos[0] + " ns");
  }

  @Test
  void refusesWorkOnceTheGateIsClosed() {
    gate.close();
    EngineException thrown =
        assertThrows(EngineException.class, () -> pool.run(1, (member, region) -> {}));
    assertTrue(thrown.getMessage().contains("the process is ending"), thrown.getMessage());
  }

  @Test
  void theGateWaitsForThoseInside() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () ->
                pool.run(
                    1,
                    (member, region) -> {
                      inside.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    caller.start();
    inside.await();
    gate.close();
    assertFalse(gate.awaitEmpty(Duration.ofMillis(50)));
    end.countDown();
    assertTrue(gate.awaitEmpty(Duration.ofSeconds(30)));
    caller.join();
  }

  @Test
  void reportsAMembersFailureAndGoesOn() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                pool.run(
                    3,
                    (member, region) -> {
                      if (member == 1) {
                        throw new IllegalStateException("member 1");
                      }
                      for (int i = 0; i < 10; i++) {
                        region.barrier();
                      }
                    }));
    assertEquals("member 1", thrown.getMessage());
    everyMemberWorksOnce();
  }

  @Test
  void noMoreComputeThanThereAreProcessors() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  pool.run(
                      2,
                      (member, region) -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        region.barrier();
                        now.decrementAndGet();
                      });
                  done.incrementAndGet();
                }
              });
      thread.start();
      callers.add(thread);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(400, done.get());
    assertTrue(most.get() <= 3, () -> "at a time: " + most);
  }
}
