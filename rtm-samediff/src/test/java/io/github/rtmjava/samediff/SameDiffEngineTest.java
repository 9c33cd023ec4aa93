package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SameDiffEngineTest {
  private final Network network = Samples.small();
  private final Weights weights = Samples.weights(network, 1);
  private CompiledModel model;

  @BeforeEach
  void compile() throws IOException {
    model = new SameDiffEngine().compile(network, weights, EngineOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private Map<String, Tensor> expected(Map<String, Tensor> inputs) throws IOException {
    return Reference.run(network, weights, inputs);
  }

  @Test
  void isFoundByName() {
    Engine engine = Engines.choose("samediff", "auto").engine();
    assertEquals("samediff", engine.name());
    assertTrue(engine.probe().usable());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 21})
  void runsBatchesOfAnySize(int batch) throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 7);
    try (Session session = model.newSession()) {
      Samples.assertClose(expected(inputs), session.run(inputs), 1e-5);
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
  void servesManyThreadsAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
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
  void refusesAnUnknownInput() {
    Map<String, Tensor> inputs = Map.of("picture", Tensor.allocate(DType.FLOAT32, Shape.of(1)));
    assertRefused("has no input [picture]; its inputs are [image]", inputs);
  }

  @Test
  void refusesAMissingInput() {
    assertRefused("the input image is missing", Map.of());
  }

  @Test
  void refusesAnotherShape() {
    Tensor tensor = Tensor.allocate(DType.FLOAT32, Shape.of(1, 3, 16, 24));
    assertRefused("expected FLOAT32 [N, 3, 24, 16], found", Map.of("image", tensor));
  }

  @Test
  void refusesAnotherType() {
    Tensor tensor = Tensor.allocate(DType.FLOAT16, Shape.of(1, 3, 24, 16));
    assertRefused("expected FLOAT32 [N, 3, 24, 16], found", Map.of("image", tensor));
  }

  private void assertRefused(String message, Map<String, Tensor> inputs) {
    try (Session session = model.newSession()) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> session.run(inputs));
      assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
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
  }

  @Test
  void endsItsThreadWhenClosed() throws InterruptedException {
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("samediff small"))
            .findFirst()
            .orElseThrow();
    model.close();
    thread.join(10_000);
    assertFalse(thread.isAlive());
  }

  @Test
  void refusesOtherPrecisions() {
    EngineOptions options = new EngineOptions("auto", 0, Precision.BFLOAT16);
    assertNotCompiled("FLOAT32 only", options);
  }

  @Test
  void refusesAnotherNumberOfThreadsThanTheProcessHas() {
    EngineOptions options = new EngineOptions("auto", 999, Precision.FLOAT32);
    assertNotCompiled("OMP_NUM_THREADS=999", options);
  }

  @Test
  void refusesADeviceThatTheBackendDoesNotHave() {
    EngineOptions options = new EngineOptions("cuda:7", 0, Precision.FLOAT32);
    assertNotCompiled("cuda:7 was asked for", options);
  }

  private void assertNotCompiled(String message, EngineOptions options) {
    Exception e =
        assertThrows(
            EngineException.class, () -> new SameDiffEngine().compile(network, weights, options));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
  }
}
