package io.github.rtmjava.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Purpose;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.engine.SharedBatches;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine promises, whatever it runs on. An engine's own tests extend this. */
@Timeout(180)
public abstract class EngineContractTest {
  private static final double CLOSE = 1e-5;

  protected final Network network = Samples.small();
  protected final Weights weights = Samples.weights(network, 1);
  protected CompiledModel model;

  /** A new engine. */
  protected abstract Engine engine();

  /** Options in float32 that it can run with here. */
  protected abstract EngineOptions options();

  @BeforeEach
  void compile() throws IOException {
    model = engine().compile(network, weights, options());
  }

  @AfterEach
  void close() {
    model.close();
  }

  protected final Map<String, Tensor> expected(Map<String, Tensor> inputs) throws IOException {
    return Reference.run(network, weights, inputs);
  }

  private static Map<String, float[]> copy(Map<String, Tensor> outputs) {
    Map<String, float[]> copies = new HashMap<>();
    outputs.forEach((name, tensor) -> copies.put(name, tensor.toFloats()));
    return copies;
  }

  @Test
  void isFoundByName() {
    Engine found = Engines.choose(engine().name(), "auto").engine();
    assertEquals(engine().name(), found.name());
    assertTrue(found.probe().usable(), found.probe().details());
  }

  @Test
  void saysWhatItRuns() {
    assertEquals(network, model.network());
    assertTrue(model.description().startsWith(engine().name()), model.description());
    assertTrue(model.description().contains("float32"), model.description());
    assertTrue(model.memory().weights() >= 0 && model.memory().session() >= 0);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void computesInThePrecisionAskedForOrSaysThatItCannot(Precision asked) throws IOException {
    EngineOptions options = new EngineOptions(options().device(), options().threads(), asked);
    try (CompiledModel compiled = engine().compile(network, weights, options)) {
      String said = asked == Precision.AUTO ? "float32|bfloat16|float16" : asked.name();
      assertTrue(
          compiled.description().matches("(?is).*\\b(" + said + ")\\b.*"), compiled.description());
    } catch (EngineException e) {
      assertTrue(asked == Precision.BFLOAT16 || asked == Precision.FLOAT16, e.getMessage());
      assertTrue(e.getMessage().matches("(?is).*asked for was " + asked + ".*"), e.getMessage());
    }
  }

  @Test
  void compilesForTrainingOrSaysWhichEngineCan() throws IOException {
    EngineOptions given = options();
    EngineOptions options =
        new EngineOptions(
            given.device(), given.threads(), given.precision(), false, Purpose.TRAINING);
    Map<String, Tensor> inputs = Samples.inputs(network, 2, 7);
    try (CompiledModel compiled = engine().compile(network, weights, options);
        Session session = compiled.newSession()) {
      Samples.assertClose(expected(inputs), session.run(inputs), CLOSE);
    } catch (EngineException e) {
      String refusal = "the engine %s cannot train, asked for was TRAINING; choose the engine ";
      assertTrue(e.getMessage().startsWith(refusal.formatted(engine().name())), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 21})
  void runsBatchesOfAnySize(int batch) throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 7);
    try (Session session = model.newSession()) {
      Samples.assertClose(expected(inputs), session.run(inputs), CLOSE);
    }
  }

  @Test
  void keepsItsResultsRightWhenTheBatchSizeChanges() throws IOException {
    try (Session session = model.newSession()) {
      for (int batch : new int[] {3, 1, 4, 3, 12, 1, 2, 4}) {
        Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
        Samples.assertClose(expected(inputs), session.run(inputs), CLOSE);
      }
    }
  }

  @Test
  void isTheSameWarmedUpOrNot() throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, 5, 2);
    model.warmUp();
    model.warmUp(1, 5, 32);
    try (Session session = model.newSession()) {
      Samples.assertClose(expected(inputs), session.run(inputs), CLOSE);
    }
    model.warmUp(5);
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
          first.forEach((name, values) -> assertArrayEquals(values, again.get(name), name));
        }
      }
    }
  }

  @Test
  void anotherSessionLeavesResultsAlone() {
    try (Session one = model.newSession();
        Session other = model.newSession()) {
      Map<String, Tensor> kept = one.run(Samples.inputs(network, 2, 1));
      Map<String, float[]> before = copy(kept);
      other.run(Samples.inputs(network, 2, 9));
      kept.forEach((name, tensor) -> assertArrayEquals(before.get(name), tensor.toFloats(), name));
    }
  }

  @Test
  void leavesInputsAsTheyAre() {
    Map<String, Tensor> inputs = Samples.inputs(network, 3, 4);
    Map<String, float[]> before = copy(inputs);
    try (Session session = model.newSession()) {
      session.run(inputs);
    }
    inputs.forEach((name, tensor) -> assertArrayEquals(before.get(name), tensor.toFloats(), name));
  }

  @Test
  void takesInputsFromTheHeapWhateverIsInThem() throws IOException {
    Map<String, Tensor> heap = new LinkedHashMap<>();
    Samples.inputs(network, 2, 5)
        .forEach(
            (name, tensor) ->
                heap.put(
                    name,
                    Tensor.over(
                        DType.FLOAT32,
                        tensor.shape(),
                        ByteBuffer.allocate(tensor.bytes().remaining()))));
    try (Session session = model.newSession()) {
      for (int seed = 5; seed < 8; seed++) {
        Map<String, Tensor> inputs = Samples.inputs(network, 2, seed);
        inputs.forEach(
            (name, tensor) -> Objects.requireNonNull(heap.get(name)).floats().put(tensor.floats()));
        Samples.assertClose(expected(inputs), session.run(heap), CLOSE);
      }
    }
  }

  @Test
  void readsWhatIsWrittenIntoTheSameTensors() throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, 2, 5);
    try (Session session = model.newSession()) {
      session.run(inputs);
      Map<String, Tensor> others = Samples.inputs(network, 2, 6);
      inputs.forEach(
          (name, tensor) -> tensor.floats().put(Objects.requireNonNull(others.get(name)).floats()));
      Samples.assertClose(expected(others), session.run(inputs), CLOSE);
    }
  }

  @Test
  void servesManyCallersAtOnceEachWithASessionOfItsOwn() throws Exception {
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
                      Samples.assertClose(expected, session.run(inputs), CLOSE);
                    }
                  }
                  return seed;
                }));
      }
      for (Future<?> future : work) {
        future.get(150, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aSessionMayBeUsedFromOneThreadAfterAnother() throws Exception {
    Map<String, Tensor> inputs = Samples.inputs(network, 2, 5);
    Map<String, Tensor> expected = expected(inputs);
    try (Session session = model.newSession()) {
      for (int i = 0; i < 3; i++) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
          Samples.assertClose(
              expected, thread.submit(() -> session.run(inputs)).get(60, TimeUnit.SECONDS), CLOSE);
        } finally {
          thread.shutdownNow();
        }
      }
    }
  }

  @Test
  void refusesASecondRunOfASessionAtTheSameTime() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Map<String, Tensor> sound = Samples.inputs(network, 1, 1);
    Map<String, Tensor> slow =
        new LinkedHashMap<>(sound) {
          private static final long serialVersionUID = 1L;

          @Override
          public Tensor get(Object name) {
            inside.countDown();
            try {
              leave.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.get(name);
          }
        };
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Session session = model.newSession()) {
      Future<?> first = pool.submit(() -> session.run(slow));
      inside.await();
      assertThrows(IllegalStateException.class, () -> session.run(sound));
      leave.countDown();
      first.get(60, TimeUnit.SECONDS);
      Samples.assertClose(expected(sound), session.run(sound), CLOSE);
    } finally {
      leave.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void refusesAnUnknownInput() {
    Map<String, Tensor> inputs = Map.of("picture", Tensor.allocate(DType.FLOAT32, Shape.of(1)));
    assertRefused("has no input [picture]; its inputs are [image]", inputs);
  }

  @Test
  void refusesAnInputTooMany() {
    Map<String, Tensor> inputs = new LinkedHashMap<>(Samples.inputs(network, 1, 1));
    inputs.put("picture", Tensor.allocate(DType.FLOAT32, Shape.of(1)));
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
  void refusesAnEmptyBatch() {
    Tensor tensor = Tensor.allocate(DType.FLOAT32, Shape.of(0, 3, 24, 16));
    assertRefused("expected FLOAT32 [N, 3, 24, 16], found", Map.of("image", tensor));
  }

  @Test
  void refusesAnotherType() {
    Tensor tensor = Tensor.allocate(DType.FLOAT16, Shape.of(1, 3, 24, 16));
    assertRefused("expected FLOAT32 [N, 3, 24, 16], found", Map.of("image", tensor));
  }

  @Test
  void takesPixelsAsBytesAndNothingElseForThem() throws IOException {
    Network pixels = Samples.pixels();
    Weights some = Samples.weights(pixels, 1);
    try (CompiledModel compiled = engine().compile(pixels, some, options());
        Session session = compiled.newSession()) {
      for (int batch : new int[] {1, 3, 9, 2}) {
        Map<String, Tensor> inputs = Samples.inputs(pixels, batch, batch);
        Samples.assertClose(Reference.run(pixels, some, inputs), session.run(inputs), CLOSE);
      }
      Tensor floats = Tensor.allocate(DType.FLOAT32, Shape.of(1, 24, 16, 3));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> session.run(Map.of("image", floats)));
      assertTrue(
          e.getMessage().contains("input image: expected UINT8 [N, 24, 16, 3], found FLOAT32"),
          e.getMessage());
    }
  }

  /** The session runs sound inputs as before. */
  private void assertRefused(String message, Map<String, Tensor> inputs) {
    Map<String, Tensor> sound = Samples.inputs(network, 1, 1);
    try (Session session = model.newSession()) {
      Map<String, float[]> before = copy(session.run(sound));
      Exception e = assertThrows(IllegalArgumentException.class, () -> session.run(inputs));
      assertTrue(String.valueOf(e.getMessage()).contains(message), e::getMessage);
      Map<String, float[]> after = copy(session.run(sound));
      before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
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

  @Test
  void refusesADeviceThatThereIsNot() {
    EngineOptions options = new EngineOptions("cuda:7", 0, Precision.FLOAT32);
    EngineException e =
        assertThrows(EngineException.class, () -> engine().compile(network, weights, options));
    assertTrue(e.getMessage().contains("cuda:7"), e.getMessage());
  }

  @Test
  void tellsThatWeightsCannotBeRead() {
    Weights unreadable =
        new Weights() {
          @Override
          public Set<String> keys() {
            return weights.keys();
          }

          @Override
          public Tensor get(String key) throws IOException {
            throw new IOException("the disk is away");
          }
        };
    IOException e =
        assertThrows(
            IOException.class, () -> engine().compile(network, unreadable, options()).close());
    assertTrue(e.getMessage().contains("the disk is away"), e.getMessage());
  }

  /** Counts the images of each batch. */
  private record Counted(CompiledModel counted, List<Integer> batches) implements CompiledModel {
    @Override
    public Network network() {
      return counted.network();
    }

    @Override
    public String description() {
      return counted.description();
    }

    @Override
    public Session newSession() {
      Session session = counted.newSession();
      return new Session() {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
          batches.add(inputs.values().iterator().next().shape().dim(0));
          return session.run(inputs);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    }

    @Override
    public void close() {
      counted.close();
    }
  }

  private CompletableFuture<Map<String, float[]>> submit(
      BatchRunner runner, Map<String, Tensor> image) {
    return runner.submit(
        1,
        inputs -> inputs.forEach((name, in) -> in.bytes().put(image.get(name).bytes())),
        EngineContractTest::copy);
  }

  @Test
  void imagesOfTwoThreadsShareABatch() throws Exception {
    List<Integer> batches = new CopyOnWriteArrayList<>();
    CountDownLatch others = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (SharedBatches runner =
        new SharedBatches(
            new Counted(model, batches), new BatchLimits(4, Duration.ZERO, /* sessions= */ 1, 8))) {
      // Keeps the only session until both have submitted theirs.
      CompletableFuture<Integer> first =
          runner.submit(
              1,
              inputs -> {
                try {
                  others.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              outputs -> 1);
      List<Map<String, Tensor>> images =
          List.of(Samples.inputs(network, 1, 3), Samples.inputs(network, 1, 4));
      List<Future<Map<String, float[]>>> found = new ArrayList<>();
      for (Map<String, Tensor> image : images) {
        found.add(pool.submit(() -> submit(runner, image).get(100, TimeUnit.SECONDS)));
      }
      while (runner.waiting() < 2) {
        Thread.sleep(1);
      }
      others.countDown();
      first.get(100, TimeUnit.SECONDS);
      for (int i = 0; i < images.size(); i++) {
        Map<String, float[]> actual = found.get(i).get(100, TimeUnit.SECONDS);
        Map<String, Tensor> outputs = new HashMap<>();
        Map<String, Tensor> expected = expected(images.get(i));
        expected.forEach(
            (name, tensor) ->
                outputs.put(name, Tensor.of(actual.get(name), tensor.shape().dims())));
        Samples.assertClose(expected, outputs, CLOSE);
      }
      assertEquals(List.of(1, 2), batches);
    } finally {
      pool.shutdownNow();
    }
  }
}
