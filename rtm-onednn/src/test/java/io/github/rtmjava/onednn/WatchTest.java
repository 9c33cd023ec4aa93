package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchTest {
  private final Crew crew = new Crew(2, OpenMp.load(), new Gate());

  @Test
  void seesOthersButNotItsOwner() throws InterruptedException {
    try (Watch watch = crew.watch()) {
      assertNotNull(watch);
      crew.run(2, (member, team) -> team.barrier());
      assertFalse(watch.isDisturbed());
      Thread other = new Thread(() -> crew.run(1, (member, team) -> {}));
      other.start();
      other.join();
      assertTrue(watch.isDisturbed());
    }
  }

  @Test
  void standsAlone() {
    try (Watch watch = crew.watch()) {
      assertNotNull(watch);
      assertNull(crew.watch());
    }
    try (Watch next = crew.watch()) {
      assertNotNull(next);
      assertFalse(next.isDisturbed());
    }
  }

  @Test
  void doesNotBeginBesideOthers() {
    crew.run(1, (member, team) -> assertNull(crew.watch()));
    try (Watch watch = crew.watch()) {
      assertNotNull(watch);
    }
  }
}
