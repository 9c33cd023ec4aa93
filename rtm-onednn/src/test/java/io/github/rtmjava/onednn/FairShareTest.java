package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FairShareTest {
  private final AtomicLong now = new AtomicLong(-5);

  private FairShare share(int processors) {
    return new FairShare(processors, now::get);
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void whoIsAloneTakesEverything() {
    FairShare share = share(16);
    for (int i = 0; i < 5; i++) {
      share.enter();
      assertEquals(16, share.processors());
      share.leave();
      pass(10);
    }
  }

  @Test
  void thoseWhoAreThereDivideIt() {
    FairShare share = share(16);
    share.enter();
    share.enter();
    assertEquals(8, share.processors());
    share.enter();
    assertEquals(6, share.processors());
    for (int i = 0; i < 40; i++) {
      share.enter();
    }
    assertEquals(1, share.processors());
  }

  @Test
  void whoWasThereAMomentAgoCountsAsWell() {
    FairShare share = share(2);
    share.enter();
    pass(500);
    share.enter();
    pass(500);
    share.leave();
    share.leave();
    pass(40);
    share.enter();
    assertEquals(1, share.processors());
    share.leave();
    pass(90);
    share.enter();
    assertEquals(2, share.processors());
  }

  @Test
  void oneProcessorIsForAnybody() {
    FairShare share = share(1);
    share.enter();
    share.enter();
    assertEquals(1, share.processors());
  }
}
