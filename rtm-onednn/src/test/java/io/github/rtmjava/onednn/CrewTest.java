package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrewTest {
  private final Crew crew = new Crew(3, OpenMp.load());

  @Test
  void everyMemberWorksOnce() {
    ConcurrentHashMap<Integer, Thread> members = new ConcurrentHashMap<>();
    crew.run(3, (member, team) -> members.put(member, Thread.currentThread()));
    assertEquals(3, members.size());
    assertSame(Thread.currentThread(), members.get(0));
  }

  @Test
  void nobodyPassesABarrierBeforeAllAreThere() {
    AtomicInteger count = new AtomicInteger();
    crew.run(
        3,
        (member, team) -> {
          for (int round = 1; round <= 2000; round++) {
            count.incrementAndGet();
            team.barrier();
            assertEquals(3 * round, count.get());
            team.barrier();
          }
        });
    assertEquals(6000, count.get());
  }

  @Test
  void reportsAMembersFailureAndGoesOn() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                crew.run(
                    3,
                    (member, team) -> {
                      if (member == 1) {
                        throw new IllegalStateException("member 1");
                      }
                      for (int i = 0; i < 10; i++) {
                        team.barrier();
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
                  crew.run(
                      2,
                      (member, team) -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        team.barrier();
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
