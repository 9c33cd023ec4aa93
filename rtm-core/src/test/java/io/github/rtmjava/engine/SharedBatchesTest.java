package io.github.rtmjava.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.GatedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedBatchesTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final GatedModel model = new GatedModel();
  private SharedBatches runner = new SharedBatches(model, limits(8, 1, 16));

  private static BatchLimits limits(int mostImages, int sessions, int queue) {
    return new BatchLimits(mostImages, Duration.ZERO, sessions, queue);
  }

  @AfterEach
  void close() {
    model.open();
    runner.close();
  }

  private void restart(BatchLimits limits) {
    runner.close();
    runner = new SharedBatches(model, limits);
  }

  /** Submits images of one value, and gives the sum of what came out by that value. */
  private CompletableFuture<Integer> submit(int images, float value) {
    return runner.submit(images, inputs -> write(inputs, value), SharedBatchesTest::read);
  }

  private static void write(Map<String, Tensor> inputs, float value) {
    Tensor image = InputCheck.only(inputs);
    for (int i = 0; i < image.shape().elements(); i++) {
      image.floats().put(i, value);
    }
  }

  /** The one value of all that came out, times the number of images. */
  private static int read(Map<String, Tensor> outputs) {
    Tensor image = InputCheck.only(outputs);
    float value = image.floats().get(0);
    for (float other : image.toFloats()) {
      assertEquals(value, other);
    }
    return Math.round(value) * image.shape().dim(0);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static Throwable failure(Future<?> future) {
    return assertThrows(ExecutionException.class, () -> get(future)).getCause();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Makes the only session busy, until the model lets a batch through. */
  private CompletableFuture<Integer> busy() throws InterruptedException {
    int before = model.batches.size();
    CompletableFuture<Integer> first = submit(1, 1);
    await(() -> model.batches.size() > before);
    return first;
  }

  @Test
  void twoThreadsThatSubmitSinglePicturesShareABatch() throws Exception {
    CompletableFuture<Integer> first = busy();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> one = pool.submit(() -> get(submit(1, 5)));
      Future<Integer> other = pool.submit(() -> get(submit(1, 6)));
      await(() -> runner.waiting() == 2);
      model.open();
      assertEquals(1, get(first));
      assertEquals(5, get(one));
      assertEquals(6, get(other));
      assertEquals(List.of(1, 2), model.batches);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void twoHundredCallersShareAFewSessions() throws Exception {
    restart(limits(8, 3, 1000));
    model.open();
    int callers = 200;
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    CountDownLatch together = new CountDownLatch(callers);
    try {
      List<Future<Integer>> work = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int value = i + 1;
        work.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return get(submit(1 + value % 4, value));
                }));
      }
      for (int i = 0; i < callers; i++) {
        assertEquals((i + 1) * (1 + (i + 1) % 4), get(work.get(i)));
      }
    } finally {
      pool.shutdownNow();
    }
    assertTrue(model.opened.get() <= 3, model.opened + " sessions");
    assertTrue(model.batches.stream().allMatch(size -> size <= 8), model.batches.toString());
    assertEquals(500, model.batches.stream().mapToInt(size -> size).sum());
  }

  @Test
  void submissionsStayWholeAndInTheirOrder() throws Exception {
    CompletableFuture<Integer> first = busy();
    List<CompletableFuture<Integer>> others =
        List.of(submit(3, 1), submit(4, 1), submit(2, 1), submit(6, 1), submit(1, 1));
    model.open();
    get(first);
    for (CompletableFuture<Integer> other : others) {
      get(other);
    }
    assertEquals(List.of(1, 7, 8, 1), model.batches);
  }

  @Test
  void whatDoesNotFitIsRejectedAtOnce() throws Exception {
    CompletableFuture<Integer> first = busy();
    CompletableFuture<Integer> large = submit(8, 1);
    CompletableFuture<Integer> last = submit(7, 1);
    assertThrows(RejectedExecutionException.class, () -> submit(2, 1));
    CompletableFuture<Integer> small = submit(1, 9);
    assertEquals(16, runner.waiting());
    model.open();
    get(first);
    assertEquals(8, get(large));
    assertEquals(7, get(last));
    assertEquals(9, get(small));
    assertEquals(0, runner.waiting());
    assertEquals(8, get(submit(8, 1)));
    assertThrows(IllegalArgumentException.class, () -> submit(9, 1));
    assertThrows(IllegalArgumentException.class, () -> submit(0, 1));
  }

  @Test
  void whoCancelsLeavesTheQueue() throws Exception {
    CompletableFuture<Integer> first = busy();
    AtomicInteger filled = new AtomicInteger();
    CompletableFuture<Integer> cancelled =
        runner.submit(8, inputs -> filled.incrementAndGet(), outputs -> 1);
    CompletableFuture<Integer> answered =
        runner.submit(8, inputs -> filled.incrementAndGet(), outputs -> 1);
    assertThrows(RejectedExecutionException.class, () -> submit(1, 1));
    assertTrue(cancelled.cancel(false));
    assertEquals(8, runner.waiting());
    answered.complete(7);
    assertEquals(0, runner.waiting());
    model.open();
    get(first);
    assertEquals(3, get(submit(1, 3)));
    assertEquals(0, filled.get());
    assertEquals(7, get(answered));
    assertEquals(List.of(1, 1), model.batches);
  }

  @Test
  void whatMissesItsDeadlineIsNotComputed() throws Exception {
    CompletableFuture<Integer> first = busy();
    AtomicInteger filled = new AtomicInteger();
    Deadline soon = Deadline.in(Duration.ofMillis(10));
    Future<Integer> late = runner.submit(1, soon, inputs -> filled.incrementAndGet(), outputs -> 1);
    Future<Integer> inTime =
        runner.submit(1, Deadline.in(LONG), inputs -> write(inputs, 4), SharedBatchesTest::read);
    // Though the engine is still busy.
    assertInstanceOf(TimeoutException.class, failure(late));
    assertEquals(1, runner.waiting());
    model.open();
    get(first);
    assertEquals(4, get(inTime));
    Future<Integer> tooLate =
        runner.submit(
            1, Deadline.in(Duration.ZERO), inputs -> filled.incrementAndGet(), outputs -> 1);
    assertInstanceOf(TimeoutException.class, failure(tooLate));
    assertEquals(0, filled.get());
  }

  @Test
  void whatHasBegunBeforeItsDeadlineIsFinished() throws Exception {
    Deadline deadline = Deadline.in(Duration.ofMillis(200));
    Future<Integer> begun =
        runner.submit(1, deadline, inputs -> write(inputs, 4), SharedBatchesTest::read);
    await(() -> model.batches.size() == 1 || begun.isDone());
    await(deadline::hasPassed);
    model.open();
    if (model.batches.size() == 1) {
      assertEquals(4, get(begun));
    }
  }

  @Test
  void aFailureInOneSubmissionIsItsOwn() throws Exception {
    CompletableFuture<Integer> first = busy();
    IllegalStateException mine = new IllegalStateException("mine");
    Error error = new AssertionError("mine too");
    CompletableFuture<Integer> before = submit(1, 5);
    CompletableFuture<Integer> unfilled =
        runner.submit(
            2,
            inputs -> {
              throw mine;
            },
            outputs -> 1);
    CompletableFuture<Integer> unread =
        runner.submit(
            1,
            inputs -> {},
            outputs -> {
              throw error;
            });
    CompletableFuture<Integer> after = submit(2, 7);
    model.open();
    get(first);
    assertEquals(5, get(before));
    assertSame(mine, failure(unfilled));
    assertSame(error, failure(unread));
    assertEquals(14, get(after));
    assertEquals(List.of(1, 4), model.batches);
  }

  @Test
  void aBatchInWhichNobodyIsLeftIsNotRun() throws Exception {
    CompletableFuture<Integer> failing =
        runner.submit(
            2,
            inputs -> {
              throw new IllegalStateException("made up");
            },
            outputs -> 1);
    assertInstanceOf(IllegalStateException.class, failure(failing));
    model.open();
    assertEquals(3, get(submit(1, 3)));
    assertEquals(List.of(1), model.batches);
  }

  @Test
  void anEngineThatFailsFailsItsBatchAndNoOther() throws Exception {
    model.open();
    model.broken = true;
    assertInstanceOf(EngineException.class, failure(submit(1, 1)));
    model.broken = false;
    assertEquals(2, get(submit(1, 2)));
  }

  @Test
  void aSessionThatCannotBeOpenedFailsItsBatchAndNoOther() throws Exception {
    model.open();
    model.refuses = true;
    assertInstanceOf(OutOfMemoryError.class, failure(submit(1, 1)));
    model.refuses = false;
    assertEquals(2, get(submit(1, 2)));
  }

  @Test
  void anInterruptedThreadGoesOn() throws Exception {
    model.open();
    CompletableFuture<Integer> interrupted =
        runner.submit(
            1,
            inputs -> Thread.currentThread().interrupt(),
            outputs -> {
              Thread.currentThread().interrupt();
              return 1;
            });
    assertEquals(1, get(interrupted));
    assertEquals(2, get(submit(1, 2)));
  }

  @Test
  void aBatchThatIsNotFullWaitsForMore() throws Exception {
    restart(new BatchLimits(2, LONG, 2, 8));
    model.open();
    CompletableFuture<Integer> one = submit(1, 3);
    CompletableFuture<Integer> other = submit(1, 4);
    assertEquals(3, get(one));
    assertEquals(4, get(other));
    assertEquals(List.of(2), model.batches);
  }

  @Test
  void aLonelySubmissionDoesNotWaitForEver() throws Exception {
    restart(new BatchLimits(8, Duration.ofMillis(5), 2, 8));
    model.open();
    assertEquals(3, get(submit(1, 3)));
    assertEquals(4, get(submit(1, 4)));
  }

  @Test
  void closingFailsWhatWaitsAndFinishesWhatHasBegun() throws Exception {
    CompletableFuture<Integer> first = busy();
    CompletableFuture<Integer> waiting = submit(2, 1);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> closing = pool.submit(() -> runner.close());
      assertInstanceOf(IllegalStateException.class, failure(waiting));
      assertFalse(first.isDone());
      assertFalse(model.closed);
      model.open();
      assertEquals(1, get(first));
      get(closing);
    } finally {
      pool.shutdownNow();
    }
    assertTrue(model.closed);
    assertEquals(model.opened.get(), model.closedSessions.get());
    assertThrows(IllegalStateException.class, () -> submit(1, 1));
    assertEquals(
        0,
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(SharedBatches.THREADS))
            .count());
    runner.close();
  }

  @Test
  void itMayBeClosedByWhatDependsOnAResult() throws Exception {
    model.open();
    CompletableFuture<Boolean> closed =
        submit(1, 1)
            .thenApply(
                result -> {
                  runner.close();
                  return model.closed;
                });
    assertTrue(get(closed));
  }

  @Test
  void drainingComputesWhatWaits() throws Exception {
    CompletableFuture<Integer> first = busy();
    CompletableFuture<Integer> waiting = submit(2, 3);
    assertFalse(runner.drain(Duration.ofMillis(5)));
    assertThrows(IllegalStateException.class, () -> submit(1, 1));
    model.open();
    assertTrue(runner.drain(LONG));
    assertEquals(1, get(first));
    assertEquals(6, get(waiting));
  }

  @Test
  void limitsMakeSense() {
    assertThrows(IllegalArgumentException.class, () -> limits(0, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> limits(1, 0, 8));
    assertThrows(IllegalArgumentException.class, () -> limits(8, 1, 7));
    assertThrows(
        IllegalArgumentException.class, () -> new BatchLimits(1, Duration.ofMillis(-1), 1, 1));
  }
}
