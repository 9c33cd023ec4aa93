package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Everything at once on the threads of the process: runs of several batch sizes, whose results are
 * compared, jobs that fail, callers that are interrupted, sessions and models that come and go.
 */
class StressTest {
  private static final long SECONDS = Long.getLong("rtm.stress.seconds", 2);

  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
  private final Network network = Samples.small();
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong compiled = new AtomicLong();

  @Test
  void survivesEverythingAtOnce() throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    try (CompiledModel shared = compile(3)) {
      for (int batch : new int[] {1, 4, 9}) {
        work.add(() -> run(shared, batch));
      }
      work.add(this::compileAndClose);
      work.add(() -> fail(1));
      work.add(() -> fail(2));
      ExecutorService threads = Executors.newFixedThreadPool(work.size());
      try {
        List<Future<Void>> all = new ArrayList<>();
        for (Callable<Void> one : work) {
          all.add(threads.submit(one));
        }
        for (Future<Void> one : all) {
          one.get(SECONDS + 60, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
    }
    System.out.printf(
        "%d s: %d runs, %d failures, %d models%n",
        SECONDS, runs.get(), failures.get(), compiled.get());
    assertTrue(runs.get() > 0 && failures.get() > 0 && compiled.get() > 0);
  }

  private boolean goesOn() {
    return System.nanoTime() - end < 0;
  }

  private CompiledModel compile(int threads) throws IOException {
    EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32, true);
    return new OnednnEngine().compile(network, Samples.weights(network, 1), options);
  }

  private Void run(CompiledModel model, int batch) {
    Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
    float[] expected = null;
    do {
      try (Session session = model.newSession()) {
        for (int i = 0; i < 50; i++) {
          float[] found = session.run(inputs).values().iterator().next().toFloats();
          expected = expected == null ? found : expected;
          assertArrayEquals(expected, found);
          runs.incrementAndGet();
        }
      }
    } while (goesOn());
    return null;
  }

  private Void compileAndClose() throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, 2, 1);
    do {
      CompiledModel model = compile(1 + (int) (compiled.incrementAndGet() % 3));
      Session session = model.newSession();
      session.run(inputs);
      model.close();
      session.close();
    } while (goesOn());
    return null;
  }

  private Void fail(int seed) {
    Random random = new Random(seed);
    do {
      int members = 2 + random.nextInt(4);
      int failing = random.nextInt(members);
      int phase = random.nextInt(4);
      boolean interrupted = random.nextBoolean();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      try {
        ThreadPool.get()
            .run(members, (member, region) -> failAt(member == failing ? phase : -1, region));
      } catch (IllegalStateException e) {
        assertEquals("made up", e.getMessage());
        failures.incrementAndGet();
      }
      assertEquals(interrupted, Thread.interrupted());
    } while (goesOn());
    return null;
  }

  private static void failAt(int failing, ParallelRegion region) {
    for (int phase = 0; phase < 4; phase++) {
      if (phase == failing) {
        throw new IllegalStateException("made up");
      }
      region.barrier();
    }
  }
}
