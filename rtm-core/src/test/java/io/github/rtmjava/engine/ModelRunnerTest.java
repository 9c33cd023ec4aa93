package io.github.rtmjava.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.lang.management.ManagementFactory;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelRunnerTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Counting model = new Counting();

  /** Counts its sessions. */
  private static final class Counting implements CompiledModel {
    private final Network network = Samples.small();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closedSessions = new AtomicInteger();
    final List<String> events = new ArrayList<>();
    boolean refuses;

    @Override
    public Network network() {
      return network;
    }

    @Override
    public String description() {
      return "counting";
    }

    @Override
    public Session newSession() {
      if (refuses) {
        throw new OutOfMemoryError("made up");
      }
      opened.incrementAndGet();
      return new Session() {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
          return inputs;
        }

        @Override
        public void close() {
          closedSessions.incrementAndGet();
        }
      };
    }

    @Override
    public void close() {
      events.add("model closed");
    }
  }

  private static int run(ModelRunner runner, int batch) {
    return runner.run(batch, input -> {}, outputs -> outputs.get("image").shape().dim(0));
  }

  @Test
  void twoHundredCallersShareAFewSessions() throws Exception {
    int callers = 200;
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    CountDownLatch together = new CountDownLatch(callers);
    try (ModelRunner runner = new ModelRunner(model, 3, LONG)) {
      List<Future<Integer>> work = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int batch = 1 + i % 4;
        work.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return run(runner, batch);
                }));
      }
      for (int i = 0; i < callers; i++) {
        assertEquals(1 + i % 4, work.get(i).get(50, TimeUnit.SECONDS));
      }
      assertTrue(model.opened.get() <= 3, model.opened + " sessions");
    } finally {
      pool.shutdownNow();
    }
    assertEquals(model.opened.get(), model.closedSessions.get());
  }

  @Test
  void thereAreAsManySessionsAsProcessorsUnlessSaidOtherwise() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(processors + 1);
    CountDownLatch inside = new CountDownLatch(processors);
    CountDownLatch leave = new CountDownLatch(1);
    try (ModelRunner runner = new ModelRunner(model)) {
      List<Future<Integer>> work = new ArrayList<>();
      for (int i = 0; i <= processors; i++) {
        work.add(
            pool.submit(
                () ->
                    runner.run(
                        1,
                        input -> {
                          inside.countDown();
                          await(leave);
                        },
                        outputs -> 1)));
      }
      inside.await();
      leave.countDown();
      for (Future<Integer> one : work) {
        one.get(50, TimeUnit.SECONDS);
      }
      assertEquals(processors, model.opened.get());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsTooLongIsToldSo() {
    try (ModelRunner runner = new ModelRunner(model, 1, Duration.ofMillis(20))) {
      EngineException thrown =
          runner.run(
              1, input -> {}, outputs -> assertThrows(EngineException.class, () -> run(runner, 1)));
      assertTrue(thrown.getMessage().contains("one of the 1 sessions of small"));
      assertEquals(1, run(runner, 1));
    }
  }

  @Test
  void whatIsSubmittedIsComputedAtOnce() throws Exception {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      CompletableFuture<Integer> three =
          runner.submit(3, inputs -> {}, outputs -> InputCheck.only(outputs).shape().dim(0));
      assertTrue(three.isDone());
      assertEquals(3, three.get());
      IllegalStateException failure = new IllegalStateException("made up");
      CompletableFuture<Integer> failed =
          runner.submit(
              1,
              inputs -> {
                throw failure;
              },
              outputs -> 1);
      assertSame(failure, assertThrows(ExecutionException.class, () -> failed.get()).getCause());
      assertThrows(
          IllegalArgumentException.class, () -> runner.submit(0, inputs -> {}, outputs -> 1));
    }
  }

  @Test
  void whatMissesItsDeadlineIsNotComputed() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      Deadline passed = Deadline.in(Duration.ofSeconds(-1));
      assertTimesOut(runner.submit(1, passed, inputs -> {}, outputs -> 1));
      runner.run(
          1,
          inputs -> {},
          outputs -> {
            Deadline soon = Deadline.in(Duration.ofMillis(10));
            assertTimesOut(runner.submit(1, soon, in -> {}, out -> 1));
            return 1;
          });
      assertEquals(1, model.opened.get());
    }
  }

  private static void assertTimesOut(CompletableFuture<Integer> late) {
    Throwable cause = assertThrows(ExecutionException.class, () -> late.get()).getCause();
    assertInstanceOf(TimeoutException.class, cause);
  }

  @Test
  void whoIsInterruptedDoesNotWait() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      runner.run(
          1,
          input -> {},
          outputs -> {
            Thread.currentThread().interrupt();
            EngineException thrown = assertThrows(EngineException.class, () -> run(runner, 1));
            assertTrue(Thread.interrupted(), "stays interrupted");
            return thrown;
          });
    }
  }

  @Test
  void anInterruptedCallerRunsWhereASessionIsFree() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      Thread.currentThread().interrupt();
      assertEquals(2, run(runner, 2));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aSessionThatCannotBeOpenedTakesNoOthersPlace() {
    try (ModelRunner runner = new ModelRunner(model, 1, Duration.ofMillis(20))) {
      model.refuses = true;
      assertThrows(OutOfMemoryError.class, () -> run(runner, 1));
      model.refuses = false;
      assertEquals(1, run(runner, 1));
    }
  }

  @Test
  void aLargeBatchIsForgottenAfterManySmallOnes() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      run(runner, 64);
      for (int i = 1; i < ModelRunner.FORGETTING; i++) {
        run(runner, 1);
        assertEquals(0, model.closedSessions.get());
      }
      run(runner, 1);
      assertEquals(1, model.closedSessions.get());
      run(runner, 1);
      assertEquals(2, model.opened.get());
    }
  }

  @Test
  void aBatchOfAboutTheSizeOfTheLargestKeepsItsMemory() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      run(runner, 64);
      for (int i = 0; i < 10 * ModelRunner.FORGETTING; i++) {
        run(runner, i % 50 == 0 ? 16 : 1);
      }
      assertEquals(1, model.opened.get());
    }
  }

  @Test
  void whatNobodyNeedsAnyMoreIsClosed() {
    try (ModelRunner runner = new ModelRunner(model, 2, LONG, Duration.ZERO)) {
      runner.run(1, input -> {}, outputs -> run(runner, 1));
      assertEquals(2, model.opened.get());
      assertTrue(model.closedSessions.get() > 0, "one was enough afterwards");
    }
    try (ModelRunner runner = new ModelRunner(new Counting(), 2, LONG)) {
      runner.run(1, input -> {}, outputs -> run(runner, 1));
    }
  }

  @Test
  void theSameBatchSizeHasTheSameTensors() {
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      Tensor[] given = new Tensor[3];
      for (int i = 0; i < given.length; i++) {
        int now = i;
        runner.run(3, inputs -> given[now] = InputCheck.only(inputs), outputs -> 1);
        run(runner, 2);
      }
      assertSame(given[0], given[1]);
      assertSame(given[0], given[2]);
      assertTrue(given[0].bytes().isDirect());
    }
  }

  @Test
  void allocatesNothingOnTheHeapOnceItHasRun() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    try (ModelRunner runner = new ModelRunner(model, 1, LONG)) {
      for (int run = 0; run < 2000; run++) {
        run(runner, 1 + run % 2);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int run = 0; run < 1000; run++) {
        run(runner, 1 + run % 2);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      // A batch size as a key is one small object.
      assertTrue(bytes < 100_000, bytes + " bytes in 1000 runs");
    }
  }

  @Test
  void aClosedRunnerRunsNothing() {
    ModelRunner runner = new ModelRunner(model, 1, LONG);
    run(runner, 1);
    runner.close();
    assertThrows(IllegalStateException.class, () -> run(runner, 1));
    assertThrows(IllegalStateException.class, () -> runner.submit(1, inputs -> {}, outputs -> 1));
    assertEquals(1, model.closedSessions.get());
    assertEquals(List.of("model closed"), model.events);
  }

  @Test
  void aSessionInUseIsClosedWhenItComesBack() {
    ModelRunner runner = new ModelRunner(model, 1, LONG);
    runner.run(
        1,
        input -> {},
        outputs -> {
          runner.close();
          return model.closedSessions.get();
        });
    assertEquals(1, model.closedSessions.get());
  }
}
