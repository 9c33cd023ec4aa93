package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers on their way, of which each is open between the first step and the second. */
@Timeout(120)
class OrderedPipelineTest {
  private static final String SOURCE = "source of the pipeline's test";

  private final AtomicInteger open = new AtomicInteger();

  @Test
  void everythingComesInItsOrder() {
    try (Stream<Integer> all = pipeline(numbers(100), 7, i -> i, i -> i).stream()) {
      assertEquals(IntStream.range(0, 100).boxed().toList(), all.toList());
    }
    assertEquals(0, open.get());
  }

  @Test
  void aSourceIsAskedForAGroupWhenThereIsRoom() throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    Stream<Integer> endless = Stream.generate(taken::getAndIncrement);
    OrderedPipeline<Integer> pipeline = pipeline(endless.iterator(), 4, i -> i, i -> i);
    try (Stream<Integer> all = pipeline.stream()) {
      assertEquals(0, taken.get(), "nobody has asked for anything");
      assertEquals(0, all.iterator().next());
      // Of the caller's, and one in and one after each step, and one before.
      int most = 4 * (1 + 2 * 2 + 1);
      for (int i = 0; i < 1000 && taken.get() < most; i++) {
        Thread.sleep(1);
      }
      Thread.sleep(20);
      assertEquals(most, taken.get());
    }
  }

  @Test
  void whatTheSourceThrowsComesAfterAllThatWasBeforeIt() {
    Iterator<Integer> breaking = numbers(10, 6);
    OrderedPipeline<Integer> pipeline = pipeline(breaking, 4, i -> i, i -> i);
    assertFailsAfter(6, pipeline);
  }

  @Test
  void whatAStepThrowsComesAfterTheGroupsBeforeIt() {
    assertFailsAfter(8, pipeline(numbers(100), 4, breaking(9), i -> i));
    assertFailsAfter(8, pipeline(numbers(100), 4, i -> i, breaking(9)));
    assertEquals(0, open.get());
  }

  private static void assertFailsAfter(int results, OrderedPipeline<Integer> pipeline) {
    List<Integer> seen = new ArrayList<>();
    try (Stream<Integer> all = pipeline.stream()) {
      Iterator<Integer> iterator = all.iterator();
      MadeUpException thrown =
          assertThrows(MadeUpException.class, () -> iterator.forEachRemaining(seen::add));
      assertNotNull(thrown.getMessage());
      assertFalse(iterator.hasNext(), "after a failure nothing follows");
    }
    assertEquals(IntStream.range(0, results).boxed().toList(), seen);
  }

  @Test
  void failuresOfAnyKindComeOut() {
    Exception checked = new Exception("made up");
    OrderedPipeline<Integer> pipeline =
        OrderedPipeline.waiting(
            SOURCE, () -> OrderedPipelineTest.<RuntimeException>sneak(checked), 1);
    try (Stream<Integer> all = pipeline.stream()) {
      assertSame(checked, assertThrows(IllegalStateException.class, all::toList).getCause());
    }
    OrderedPipeline<Integer> broken = pipeline(numbers(9), 4, i -> overflow(), i -> i);
    try (Stream<Integer> all = broken.stream()) {
      assertThrows(StackOverflowError.class, all::toList);
    }
  }

  /** Throws what its caller does not declare, as other languages of the JVM can. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> List<Integer> sneak(Throwable e) throws E {
    throw (E) e;
  }

  private static int overflow() {
    throw new StackOverflowError("made up");
  }

  @Test
  void whatNobodyTakesIsDiscarded() {
    for (int results = 0; results < 12; results++) {
      try (Stream<Integer> all = pipeline(numbers(1000), 2, i -> i, i -> i).begin().stream()) {
        assertEquals(results, all.limit(results).count());
      }
      assertEquals(0, open.get());
    }
  }

  @Test
  void aStepThatHearsOfNoInterruptionEndsNevertheless() {
    CountDownLatch begun = new CountDownLatch(1);
    IntUnaryOperator deaf =
        i -> {
          begun.countDown();
          while (!Thread.interrupted()) {
            Thread.onSpinWait();
          }
          return i;
        };
    Stream<Integer> all = pipeline(numbers(9), 1, deaf, i -> i).begin().stream();
    await(begun);
    all.close();
    assertEquals(0, open.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallerWhoIsInterruptedStopsTheWork() {
    Semaphore never = new Semaphore(0);
    IntUnaryOperator waiting =
        i -> {
          never.acquireUninterruptibly();
          return i;
        };
    try (Stream<Integer> all = pipeline(numbers(9), 1, i -> i, waiting).stream()) {
      Iterator<Integer> results = all.iterator();
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, results::hasNext);
      assertTrue(Thread.interrupted(), "stays interrupted");
      assertFalse(results.hasNext());
      never.release(9);
    }
    assertEquals(0, open.get());
  }

  @Test
  void aLiveSourceNeverWaits() throws InterruptedException {
    Semaphore gate = new Semaphore(0);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch given = new CountDownLatch(1);
    Iterator<Integer> source =
        numbers(
            100,
            i -> {
              if (i == 1) {
                await(looking);
              }
            },
            given::countDown);
    OrderedPipeline<Integer> live =
        OrderedPipeline.live(SOURCE, new Groups<>(source, 1, Function.identity(), i -> 1));
    OrderedPipeline<Integer> pipeline =
        live.then(
            group -> {
              looking.countDown();
              gate.acquireUninterruptibly();
              return group;
            },
            i -> {});
    try (Stream<Integer> all = pipeline.begin().stream()) {
      given.await();
      gate.release(100);
      assertEquals(List.of(0, 99), all.toList());
      assertEquals(98, live.dropped());
    }
  }

  @Test
  void manyPipelinesThatFailAndCloseAtAnyTimeLeaveNothing() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        RandomGenerator random = new SplittableRandom(i);
        runs.add(callers.submit(() -> runAtRandom(random)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      callers.shutdown();
    }
    assertEquals(0, open.get());
    for (int i = 0; i < 1000 && sources() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, sources());
  }

  private static long sources() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(SOURCE))
        .count();
  }

  private void runAtRandom(RandomGenerator random) {
    int count = random.nextInt(60);
    Iterator<Integer> source = numbers(count, failsAt(random, count));
    int group = 1 + random.nextInt(5);
    IntUnaryOperator first = at(random, count);
    IntUnaryOperator second = at(random, count);
    boolean live = random.nextInt(3) == 0;
    int most = random.nextBoolean() ? count : random.nextInt(count + 1);
    Thread closing = null;
    List<Integer> seen = new ArrayList<>();
    try (Stream<Integer> all =
        (live ? live(source, first, second) : pipeline(source, group, first, second)).stream()) {
      if (random.nextInt(3) == 0) {
        int pause = random.nextInt(2_000_000);
        closing = new Thread(() -> closeAfter(all, pause));
        closing.start();
      }
      Iterator<Integer> results = all.iterator();
      while (seen.size() < most && results.hasNext()) {
        seen.add(results.next());
      }
    } catch (MadeUpException e) {
      assertTrue(e.at >= seen.size() - 1 || live, "came before its turn: " + e.at);
    }
    for (int i = 0; i < seen.size(); i++) {
      int number = seen.get(i);
      assertTrue(live ? i == 0 || number > seen.get(i - 1) : number == i, () -> "order: " + seen);
    }
    if (closing != null) {
      join(closing);
    }
  }

  private static void closeAfter(Stream<?> all, int nanos) {
    LockSupport.parkNanos(nanos);
    all.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int failsAt(RandomGenerator random, int count) {
    return random.nextInt(4) == 0 ? random.nextInt(count + 1) : -1;
  }

  /** Takes its time now and then, and may fail once. */
  private static IntUnaryOperator at(RandomGenerator random, int count) {
    int failing = failsAt(random, count);
    int slow = random.nextInt(count + 1);
    return i -> {
      if (i == failing) {
        throw new MadeUpException(i);
      }
      if (i == slow) {
        LockSupport.parkNanos(1_000_000);
      }
      return i;
    };
  }

  private OrderedPipeline<Integer> live(
      Iterator<Integer> source, IntUnaryOperator first, IntUnaryOperator second) {
    return steps(
        OrderedPipeline.live(SOURCE, new Groups<>(source, 1, Function.identity(), i -> 1)),
        first,
        second);
  }

  private OrderedPipeline<Integer> pipeline(
      Iterator<Integer> source, int group, IntUnaryOperator first, IntUnaryOperator second) {
    return steps(
        OrderedPipeline.waiting(
            SOURCE, new Groups<>(source, group, Function.identity(), i -> 1), /* ahead= */ 1),
        first,
        second);
  }

  private OrderedPipeline<Integer> steps(
      OrderedPipeline<Integer> source, IntUnaryOperator first, IntUnaryOperator second) {
    return source
        .then(
            group -> {
              List<Integer> results = group.stream().map(first::applyAsInt).toList();
              open.addAndGet(results.size());
              return results;
            },
            result -> open.decrementAndGet())
        .then(
            group -> {
              open.addAndGet(-group.size());
              return group.stream().map(second::applyAsInt).toList();
            },
            result -> {});
  }

  private static IntUnaryOperator breaking(int at) {
    return i -> {
      requireOther(at, i);
      return i;
    };
  }

  private static void requireOther(int failing, int i) {
    if (i == failing) {
      throw new MadeUpException(i);
    }
  }

  private static Iterator<Integer> numbers(int count) {
    return numbers(count, -1);
  }

  private static Iterator<Integer> numbers(int count, int failing) {
    return numbers(count, i -> requireOther(failing, i), () -> {});
  }

  private static Iterator<Integer> numbers(int count, IntConsumer before, Runnable end) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        if (next == count) {
          end.run();
        }
        return next < count;
      }

      @Override
      public Integer next() {
        before.accept(next);
        return next++;
      }
    };
  }

  private static final class MadeUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int at;

    MadeUpException(int at) {
      super("at " + at);
      this.at = at;
    }
  }
}
