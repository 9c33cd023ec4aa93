package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may run and close sessions, and when. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionLifetimeTest {
  private final Network network = Samples.small();
  private final Map<String, Tensor> inputs = Samples.inputs(network, 1, 1);
  private final ExecutorService others = Executors.newCachedThreadPool();
  private final HeldInputs held = new HeldInputs(inputs);
  private CompiledModel model;
  private Session running;
  private Future<?> run;

  /** Inputs that keep a run where it is, until they are let go. */
  private static final class HeldInputs extends AbstractMap<String, Tensor> {
    private final Map<String, Tensor> inputs;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldInputs(Map<String, Tensor> inputs) {
      this.inputs = inputs;
    }

    @Override
    public Tensor get(Object key) {
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return inputs.get(key);
    }

    @Override
    public Set<Entry<String, Tensor>> entrySet() {
      return inputs.entrySet();
    }
  }

  @BeforeEach
  void startARun() throws IOException, InterruptedException {
    EngineOptions options = new EngineOptions("cpu", 2, Precision.FLOAT32, true);
    model = new OnednnEngine().compile(network, Samples.weights(network, 1), options);
    running = model.newSession();
    run = others.submit(() -> running.run(held));
    held.reached.await();
  }

  @AfterEach
  void close() {
    held.released.countDown();
    others.shutdown();
    model.close();
  }

  @Test
  void aSessionRunsOnOneThreadAtATime() throws Exception {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> running.run(inputs));
    assertTrue(thrown.getMessage().contains("another thread runs this session"));
    held.released.countDown();
    run.get();
    assertFalse(running.run(inputs).isEmpty());
  }

  @Test
  void closingASessionWaitsForItsOwnRun() throws Exception {
    Future<?> closing = others.submit(running::close);
    assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
    held.released.countDown();
    run.get();
    closing.get();
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> running.run(inputs));
    assertTrue(thrown.getMessage().contains("closed"));
  }

  @Test
  void closingASessionWaitsForNoOtherSession() {
    Session other = model.newSession();
    other.run(inputs);
    other.close();
    assertThrows(IllegalStateException.class, () -> other.run(inputs));
    assertFalse(run.isDone());
  }

  @Test
  void closingAModelWaitsForItsRuns() throws Exception {
    CompletableFuture<Void> closing = CompletableFuture.runAsync(model::close, others);
    assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
    assertThrows(IllegalStateException.class, model::newSession);
    held.released.countDown();
    run.get();
    closing.get();
    running.close();
    assertEquals(network, model.network());
  }
}
