package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnednnEngineTest {
  private final Network network = Samples.small();
  private final Weights weights = Samples.weights(network, 1);
  private CompiledModel model;

  @BeforeEach
  void compile() throws IOException {
    model = compile(2);
  }

  private CompiledModel compile(int threads) throws IOException {
    EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32);
    return new OnednnEngine().compile(network, weights, options);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private Map<String, Tensor> expected(Map<String, Tensor> inputs) throws IOException {
    return Reference.run(network, weights, inputs);
  }

  private static Map<String, float[]> copy(Map<String, Tensor> outputs) {
    Map<String, float[]> copies = new HashMap<>();
    outputs.forEach((name, tensor) -> copies.put(name, tensor.toFloats()));
    return copies;
  }

  @Test
  void isFoundByName() {
    assertTrue(Engines.choose("onednn", "auto").engine().probe().usable());
  }

  @Test
  void refusesADeviceThatItDoesNotServe() {
    EngineOptions options = new EngineOptions("cuda", 0, Precision.FLOAT32);
    assertThrows(
        EngineException.class, () -> new OnednnEngine().compile(network, weights, options));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 21})
  void runsBatchesOfAnySize(int batch) throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 7);
    for (int threads : new int[] {1, 2, 5}) {
      try (CompiledModel compiled = compile(threads);
          Session session = compiled.newSession()) {
        Samples.assertClose(expected(inputs), session.run(inputs), 1e-5);
      }
    }
  }

  @Test
  void keepsItsResultsRightWhenTheBatchSizeChanges() throws IOException {
    try (Session session = model.newSession()) {
      for (int batch : new int[] {3, 1, 4, 3, 12, 1, 2, 4}) {
        Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
        Samples.assertClose(expected(inputs), session.run(inputs), 1e-5);
      }
    }
  }

  @Test
  void givesTheSameBitsInEveryRunAndSession() {
    for (int batch : new int[] {1, 5}) {
      Map<String, Tensor> inputs = Samples.inputs(network, batch, 3);
      try (Session one = model.newSession();
          Session other = model.newSession()) {
        Map<String, float[]> first = copy(one.run(inputs));
        for (int run = 0; run < 20; run++) {
          Map<String, float[]> again = copy(run % 2 == 0 ? one.run(inputs) : other.run(inputs));
          first.forEach((name, values) -> assertArrayEquals(values, again.get(name)));
        }
      }
    }
  }

  @Test
  void servesManyCallersAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int seed = t;
        work.add(
            pool.submit(
                () -> {
                  Map<String, Tensor> inputs = Samples.inputs(network, 1 + seed, seed);
                  Map<String, Tensor> expected = expected(inputs);
                  try (Session session = model.newSession()) {
                    for (int i = 0; i < 20; i++) {
                      Samples.assertClose(expected, session.run(inputs), 1e-5);
                    }
                  }
                  return seed;
                }));
      }
      for (Future<?> future : work) {
        future.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void staysCloseInBfloat16() throws IOException {
    EngineOptions options = new EngineOptions("cpu", 2, Precision.BFLOAT16, true);
    Map<String, Tensor> inputs = Samples.inputs(network, 3, 3);
    try (CompiledModel compiled = new OnednnEngine().compile(network, weights, options);
        Session session = compiled.newSession()) {
      Samples.assertClose(expected(inputs), session.run(inputs), 0.1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16", "AUTO"})
  void tellsItsPrecision(Precision precision) throws IOException {
    EngineOptions options = new EngineOptions("cpu", 1, precision);
    try (CompiledModel compiled = new OnednnEngine().compile(network, weights, options)) {
      assertTrue(compiled.description().matches(".*(float32|bfloat16).*"));
    }
  }

  @Test
  void tellsWhatEachLayerCosts() {
    List<LayerTime> layers = model.profile(3);
    assertFalse(layers.isEmpty());
    assertTrue(layers.stream().allMatch(layer -> layer.nanoseconds() > 0));
    assertTrue(model.memory().weights() > 0 && model.memory().session() > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void allocatesNothingOnTheHeapOnceItHasRun(int batch) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 1);
    try (Session session = model.newSession()) {
      for (int run = 0; run < 20; run++) {
        session.run(inputs);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int run = 0; run < 1000; run++) {
        session.run(inputs);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      // A thread of the crew may be made anew once in a while.
      assertTrue(bytes < 16_000, bytes + " bytes in 1000 runs");
    }
  }

  @Test
  void takesInputsFromTheHeapWhateverIsInThem() throws IOException {
    Tensor direct = Samples.inputs(network, 2, 5).get("image");
    Tensor heap =
        Tensor.over(DType.FLOAT32, direct.shape(), ByteBuffer.allocate(direct.bytes().remaining()));
    try (Session session = model.newSession()) {
      for (int seed = 5; seed < 8; seed++) {
        Map<String, Tensor> inputs = Samples.inputs(network, 2, seed);
        heap.floats().put(inputs.get("image").floats());
        Samples.assertClose(expected(inputs), session.run(Map.of("image", heap)), 1e-5);
      }
    }
  }

  @Test
  void refusesToRunAClosedSession() {
    Session session = model.newSession();
    session.close();
    session.close();
    Map<String, Tensor> inputs = Samples.inputs(network, 1, 1);
    assertThrows(IllegalStateException.class, () -> session.run(inputs));
  }

  @Test
  void refusesToRunAnOpenSessionOfAClosedModel() {
    Session session = model.newSession();
    Map<String, Tensor> inputs = Samples.inputs(network, 1, 1);
    session.run(inputs);
    model.close();
    assertThrows(IllegalStateException.class, () -> session.run(inputs));
    session.close();
  }

  @Test
  void refusesNewSessionsOnceClosed() {
    model.close();
    assertThrows(IllegalStateException.class, model::newSession);
    assertEquals(network, model.network());
  }
}
