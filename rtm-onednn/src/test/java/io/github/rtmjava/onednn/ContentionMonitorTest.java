package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.onednn.natives.OpenMp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContentionMonitorTest {
  private final ThreadPool pool = new ThreadPool(2, OpenMp.load(), new Gate());

  @Test
  void seesOthersButNotItsOwner() throws InterruptedException {
    try (ContentionMonitor monitor = pool.monitor()) {
      assertNotNull(monitor);
      pool.run(2, (member, region) -> region.barrier());
      assertFalse(monitor.isDisturbed());
      Thread other = new Thread(() -> pool.run(1, (member, region) -> {}));
      other.start();
      other.join();
      assertTrue(monitor.isDisturbed());
    }
  }

  @Test
  void standsAlone() {
    try (ContentionMonitor monitor = pool.monitor()) {
      assertNotNull(monitor);
      assertNull(pool.monitor());
    }
    try (ContentionMonitor next = pool.monitor()) {
      assertNotNull(next);
      assertFalse(next.isDisturbed());
    }
  }

  @Test
  void doesNotBeginBesideOthers() {
    pool.run(1, (member, region) -> assertNull(pool.monitor()));
    try (ContentionMonitor monitor = pool.monitor()) {
      assertNotNull(monitor);
    }
  }
}
