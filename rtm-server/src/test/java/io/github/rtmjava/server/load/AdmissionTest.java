package io.github.rtmjava.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final double SECOND = 1e9;

  private final PictureCost cost = new PictureCost(SECOND);

  private static Admission admission(String... limits) {
    ServerLimits changed = ServerLimits.DEFAULT;
    for (int i = 0; i < limits.length; i += 2) {
      changed = changed.with(limits[i], limits[i + 1]);
    }
    return new Admission(changed, new ServerMetrics());
  }

  private Reason refusal(Admission admission, long bytes, Deadline deadline) {
    return assertThrows(
            ProblemException.class, () -> admission.admit(cost, 1, bytes, deadline).close())
        .reason();
  }

  @Test
  void theQueueHasAnEnd() {
    Admission admission = admission("queue", "2", "patience", "1h");
    Ticket one = admission.admit(cost, 1, 0, Deadline.NONE);
    Ticket two = admission.admit(cost, 1, 0, Deadline.NONE);
    assertEquals(Reason.QUEUE_FULL, refusal(admission, 0, Deadline.NONE));
    one.close();
    one.close();
    assertEquals(1, admission.pictures());
    admission.admit(cost, 1, 0, Deadline.NONE).close();
    two.close();
    assertEquals(0, admission.pictures());
  }

  @Test
  void whoWouldWaitTooLongIsToldSoAtOnce() {
    Admission admission = admission("patience", "2500ms");
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tickets.add(admission.admit(cost, 1, 0, Deadline.NONE));
    }
    assertEquals(Duration.ofSeconds(3), admission.forecast());
    ProblemException e =
        assertThrows(
            ProblemException.class, () -> admission.admit(cost, 1, 0, Deadline.NONE).close());
    assertEquals(Reason.TOO_LATE, e.reason());
    assertEquals(Duration.ofSeconds(3), e.retryAfter());
    tickets.get(0).close();
    assertEquals(Reason.TOO_LATE, refusal(admission, 0, Deadline.in(Duration.ofSeconds(1))));
    admission.admit(cost, 1, 0, Deadline.in(Duration.ofSeconds(5))).close();
  }

  @Test
  void whoeverIsAloneNeedNotWait() {
    Admission admission = admission("patience", "1ms", "queue", "1");
    admission.admit(cost, 5, 1L << 40, Deadline.in(Duration.ofMillis(500))).close();
    assertEquals(Reason.TOO_LATE, refusal(admission, 0, Deadline.in(Duration.ZERO)));
  }

  @Test
  void bodiesShareMemory() {
    Admission admission = admission("patience", "1h", "upload-bytes", "10", "bytes", "100");
    Ticket ticket = admission.admit(cost, 1, 90, Deadline.NONE);
    assertEquals(Reason.MEMORY_FULL, refusal(admission, 11, Deadline.NONE));
    assertThrows(ProblemException.class, () -> ticket.resize(200));
    ticket.resize(50);
    admission.admit(cost, 1, 50, Deadline.NONE).close();
    ticket.close();
    assertThrows(CancellationException.class, () -> ticket.resize(10));
    admission.admit(cost, 1, 100, Deadline.NONE).close();
    assertEquals(0, admission.pictures());
  }

  @Test
  void aClosedOneWaitsForWhatItHasTakenIn() throws InterruptedException {
    Admission admission = admission();
    Ticket ticket = admission.admit(cost, 1, 0, Deadline.NONE);
    admission.close();
    assertEquals(Reason.UNAVAILABLE, refusal(admission, 0, Deadline.NONE));
    assertFalse(admission.awaitIdle(Duration.ofMillis(1)));
    Thread thread = new Thread(ticket::close);
    thread.start();
    assertTrue(admission.awaitIdle(Duration.ofMinutes(1)));
    thread.join();
  }

  @Test
  void theCostIsTheTimeBetweenResults() {
    PictureCost measured = new PictureCost(SECOND);
    Admission admission = admission();
    for (int i = 0; i < 400; i++) {
      try (Ticket ticket = admission.admit(measured, 1, 0, Deadline.NONE)) {
        ticket.begun();
        ticket.computed();
      }
    }
    assertTrue(measured.nanos() < SECOND / 100, () -> "a second each is guessed, not measured");
  }

  @Test
  void whatIsSentSlowlyOrFailsCostsNobodyElse() throws InterruptedException {
    PictureCost measured = new PictureCost(0);
    Admission admission = admission();
    int rounds = 5;
    long pause = 200;
    try (Ticket slow = admission.admit(measured, 1, 0, Deadline.NONE)) {
      Ticket failing = admission.admit(measured, 1, 0, Deadline.NONE);
      for (int i = 0; i < rounds; i++) {
        failing.begun();
        Thread.sleep(pause);
        Ticket next = admission.admit(measured, 1, 0, Deadline.NONE);
        next.begun();
        failing.close();
        next.computed();
        next.close();
        failing = admission.admit(measured, 1, 0, Deadline.NONE);
      }
      failing.close();
      assertTrue(
          slow.count() == 1 && measured.nanos() < pause * 1e6 / 20, () -> "" + measured.nanos());
    }
  }

  @Test
  void manyThreadsLeaveNothingBehind() throws InterruptedException, ExecutionException {
    Admission admission = admission("queue", "5");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        all.add(pool.submit(() -> come(admission)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdown();
    }
    assertEquals(0, admission.pictures());
    assertEquals(Duration.ZERO, admission.forecast());
  }

  private void come(Admission admission) {
    for (int i = 0; i < 2000; i++) {
      try (Ticket ticket =
          admission.admit(cost, 1, ThreadLocalRandom.current().nextInt(1000), Deadline.NONE)) {
        assertTrue(admission.pictures() <= 5);
        if (i % 2 == 0) {
          ticket.begun();
          ticket.computed();
        }
      } catch (ProblemException e) {
        assertTrue(e.reason() == Reason.QUEUE_FULL || e.reason() == Reason.TOO_LATE);
      }
    }
  }
}
