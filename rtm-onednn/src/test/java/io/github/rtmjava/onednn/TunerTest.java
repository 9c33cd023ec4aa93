package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TunerTest {
  /** Keeps what was measured on whatever busy machine. */
  private static final double ANY_LOAD = 0;

  private static final double NO_LOAD_AT_ALL = 2;

  private static final Tuner.Workload PAIR = Tuner.Workload.latency(2);

  @TempDir Path folder;

  private final Network network = network();
  private final Weights weights = Samples.weights(network, 1);
  private final Program program = Lowering.of(Simplification.of(network, weights));
  private final OnednnBackend backend = new OnednnBackend(Precision.FLOAT32);
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("known.properties");
  }

  /** Two convolutions of one shape, of which the second one has a sum, and one of another. */
  private static Network network() {
    NetworkBuilder builder = new NetworkBuilder("trials");
    Value image = builder.input("image", 16, 24, 20);
    Scope root = builder.scope("");
    Value a = convolution(root.in("a"), image);
    Value b = convolution(root.in("b"), a);
    Value sum = root.add("sum", b, a);
    Value c = convolution(root.in("c"), sum);
    builder.output("out", root.convWithBias("last", c, 4));
    return builder.build();
  }

  private static Value convolution(Scope scope, Value from) {
    Value made = scope.conv("conv", from, 16, 3, 1, 1);
    return scope.activation("act", scope.norm("norm", made, 1e-5), Function.SILU);
  }

  private Tuner tuner(Tuner.Workload workload) {
    TuningCache cache = TuningCache.at(file);
    return Tuner.measured(program, backend, Precision.FLOAT32, workload, cache, ANY_LOAD)
        .orElseGet(() -> Assumptions.abort("loops are not compiled in time here"));
  }

  private List<Step> convolutions() {
    return program.steps().stream()
        .filter(step -> step.kernel() instanceof Kernel.Convolution && ways(step).size() > 1)
        .toList();
  }

  private List<Way> ways(Step step) {
    return backend.ways(step);
  }

  @Test
  void knowWhatEveryWayCosts() {
    Tuner tuner = tuner(PAIR);
    assertEquals(3, convolutions().size());
    for (Step step : convolutions()) {
      ways(step).forEach(way -> assertTrue(tuner.of(step, way) > 0, way.name()));
    }
  }

  @Test
  void measureAShapeOnce() throws IOException {
    Tuner tuner = tuner(PAIR);
    Step a = convolutions().get(0);
    Step c = convolutions().get(2);
    ways(a).forEach(way -> assertEquals(tuner.of(a, way), tuner.of(c, way)));
    int rows = Files.readAllLines(file).size();
    assertEquals(2 * ways(a).size(), rows, "one for each way, with and without a sum");
  }

  @Test
  void takeFromTheFileWhatWasMeasured() throws IOException {
    tuner(PAIR);
    String before = Files.readString(file);
    String made = before.replaceAll("direct=.*", "direct=123456789012");
    Files.writeString(file, made);
    Tuner again = tuner(PAIR);
    Step step = convolutions().get(0);
    assertEquals(123456789012.0, again.of(step, OnednnBackend.DIRECT));
    assertEquals(made, Files.readString(file));
  }

  @Test
  void measureAgainWhatAFileSaysNonsenseOf() throws IOException {
    tuner(PAIR);
    Files.writeString(file, Files.readString(file).replaceAll("direct=.*", "direct=x"));
    Tuner again = tuner(PAIR);
    assertTrue(again.of(convolutions().get(0), OnednnBackend.DIRECT) > 0);
  }

  @Test
  void tellCrowdsApart() throws IOException {
    tuner(PAIR);
    int one = Files.readAllLines(file).size();
    tuner(Tuner.Workload.throughput(3, 2));
    assertEquals(2 * one, Files.readAllLines(file).size());
  }

  @Test
  void areOfNoUseToAProgramWithoutAChoice() {
    Network small = Samples.single(new Op.Focus(), image());
    Program without = Lowering.of(Simplification.of(small, Samples.weights(small, 1)));
    assertTrue(
        Tuner.measured(without, backend, Precision.FLOAT32, PAIR, TuningCache.at(file))
            .isPresent());
    assertTrue(Files.notExists(file));
  }

  private static Shape image() {
    return Shape.of(Shape.BATCH, 3, 8, 8);
  }

  @Test
  void areNotMadeBesideOtherWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                ThreadPool.get()
                    .run(
                        1,
                        (member, region) -> {
                          begun.countDown();
                          await(leave);
                        }));
    other.start();
    begun.await();
    TuningCache cache = TuningCache.at(file);
    try {
      assertTrue(
          Tuner.measured(program, backend, Precision.FLOAT32, PAIR, cache, ANY_LOAD).isEmpty());
    } finally {
      leave.countDown();
      other.join();
    }
    assertTrue(Tuner.cached(program, backend, Precision.FLOAT32, PAIR, cache).isEmpty());
    assertTrue(Files.notExists(file));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void areGivenUpWhenOthersBegin() throws InterruptedException {
    try (ContentionMonitor monitor = monitor()) {
      Thread other = new Thread(() -> ThreadPool.get().run(1, (member, region) -> {}));
      other.start();
      other.join();
      Set<Tuner.Candidate> candidates =
          Set.of(Tuner.Candidate.of(convolutions().get(0), OnednnBackend.DIRECT));
      long later = System.nanoTime() + 1_000_000_000;
      assertFalse(JitWarmUp.of(winograd(), later, monitor));
      TuningRun.Times times =
          TuningRun.measure(candidates, backend, Precision.FLOAT32, PAIR, later, monitor);
      assertEquals(Map.of(), times.nanoseconds());
    }
  }

  private static ContentionMonitor monitor() {
    ContentionMonitor monitor = ThreadPool.get().monitor();
    return monitor != null ? monitor : Assumptions.abort("the pool is at work for others");
  }

  private List<Tuner.Candidate> winograd() {
    Step step = convolutions().get(0);
    return ways(step).stream().map(way -> Tuner.Candidate.of(step, way)).toList();
  }

  @Test
  void areNotKeptWhereSomethingElseWasAtWork() {
    TuningCache cache = TuningCache.at(file);
    Optional<Tuner> tuner =
        Tuner.measured(program, backend, Precision.FLOAT32, PAIR, cache, NO_LOAD_AT_ALL);
    Assumptions.assumeTrue(tuner.isPresent(), "loops are not compiled in time here");
    assertTrue(tuner.get().of(convolutions().get(0), OnednnBackend.DIRECT) > 0);
    assertTrue(Files.notExists(file));
  }

  @Test
  void haveTheSameNamesWhateverTheLanguage() throws IOException {
    tuner(PAIR);
    List<String> rows = Files.readAllLines(file);
    Files.delete(file);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      tuner(PAIR);
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(keys(rows), keys(Files.readAllLines(file)));
  }

  private static List<String> keys(List<String> rows) {
    return rows.stream().map(row -> row.substring(0, row.indexOf('='))).toList();
  }

  private final PrecisionPolicy float32 = new PrecisionPolicy(Precision.FLOAT32, 1, "float32");

  private boolean batchesAreKnown(TunedPlans plans, TuningCache cache) {
    Tuner.Workload batches = Tuner.Workload.throughput(plans.images(), 2);
    return Tuner.cached(program, backend, Precision.FLOAT32, batches, cache).isPresent();
  }

  @Test
  void areNeverMadeInARun() {
    TuningCache cache = TuningCache.at(file);
    TunedPlans plans = TunedPlans.measured(program, 2, float32, cache);
    try (OnednnModel model = new OnednnModel(network, plans, 2, "");
        Session session = model.newSession()) {
      session.run(Samples.inputs(network, 5, 1));
      assertFalse(batchesAreKnown(plans, cache));
      // What has run stays as it is, so that all sessions have the same results.
      MemoryPlan settled = plans.throughput();
      model.warmUp(5);
      assertSame(settled, plans.throughput());
      assertFalse(batchesAreKnown(plans, cache));
    }
  }

  @Test
  void ofBatchesAreMadeWhenAModelIsWarmedUp() throws IOException {
    TuningCache cache = TuningCache.at(file);
    TunedPlans plans = TunedPlans.measured(program, 2, float32, cache);
    OnednnModel model = new OnednnModel(network, plans, 2, "");
    try (model) {
      model.warmUp(1);
      assertFalse(batchesAreKnown(plans, cache), "one image needs nothing more");
      assertThrows(IllegalArgumentException.class, () -> model.warmUp(2, 0));
      model.warmUp(5, 8);
      Assumptions.assumeTrue(batchesAreKnown(plans, cache), "loops are not compiled in time here");
      MemoryPlan warm = plans.throughput();
      try (Session session = model.newSession()) {
        Map<String, Tensor> inputs = Samples.inputs(network, 5, 1);
        Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 2e-5);
      }
      assertSame(warm, plans.throughput());
    }
    assertThrows(IllegalStateException.class, () -> model.warmUp(5));
  }

  @Test
  void ofBatchesWaitForTheNextWarmUpWhereOthersAreAtWork() {
    TuningCache cache = TuningCache.at(file);
    TunedPlans plans = TunedPlans.measured(program, 2, float32, cache);
    boolean[] done = new boolean[1];
    ThreadPool.get()
        .run(
            1,
            (member, region) -> {
              done[0] = plans.warmUp();
            });
    assertFalse(done[0], "this thread is at work itself");
    assertFalse(batchesAreKnown(plans, cache));
    if (plans.warmUp()) {
      assertTrue(batchesAreKnown(plans, cache));
    }
  }

  @Test
  void everyChoiceGivesTheSameResults() throws IOException {
    TuningCache cache = TuningCache.at(file);
    TunedPlans measured = TunedPlans.measured(program, 2, float32, cache);
    for (TunedPlans plans : List.of(measured, TunedPlans.ruled(program, 2, float32))) {
      try (OnednnModel model = new OnednnModel(network, plans, 2, "")) {
        model.warmUp(2, 5);
        Session session = model.newSession();
        for (int batch : new int[] {1, 2, 5, 1}) {
          Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
          Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 2e-5);
        }
      }
    }
  }

  @Test
  void plansOfSeveralCrowdsKeepWithinTheMemory() {
    // One image is fastest directly, many are fastest by the largest tiles.
    WaySelector.CostModel direct = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 1 : 2;
    WaySelector.CostModel tiles = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 2 : 1;
    Choices first = WaySelector.choose(program, backend, direct);
    Choices second = WaySelector.choose(program, backend, tiles, first);
    long all = 0;
    long plain = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        plain += WaySelector.bytes(conv, OnednnBackend.DIRECT);
        all += WaySelector.bytes(conv, first.of(step));
        if (!second.of(step).equals(first.of(step))) {
          all += WaySelector.bytes(conv, second.of(step));
        }
      }
    }
    assertTrue(all > plain, "something is done in another way");
    assertTrue(all <= 2.4 * plain, all + " bytes for " + plain);
  }

  @Test
  void memoryMustPayForItself() {
    WaySelector.CostModel little =
        new WaySelector.CostModel() {
          @Override
          public double of(Step step, Way way) {
            return way.equals(OnednnBackend.DIRECT) ? 2 : 1;
          }

          @Override
          public double perByte() {
            return 1;
          }
        };
    Choices choices = WaySelector.choose(program, backend, little);
    convolutions().forEach(step -> assertEquals(OnednnBackend.DIRECT, choices.of(step)));
  }

  @Test
  void weightsThatCannotBeReadAreAskedForAgain() throws IOException {
    boolean[] broken = {true};
    Weights moody =
        new Weights() {
          @Override
          public Set<String> keys() {
            return program.weights().keys();
          }

          @Override
          public Tensor get(String key) throws IOException {
            if (broken[0] && key.startsWith("c.conv.weight")) {
              throw new IOException("the disk is away");
            }
            return program.weights().get(key);
          }
        };
    MemoryPlan plan =
        TunedPlans.ruled(program, 1, new PrecisionPolicy(Precision.FLOAT32, 1, "float32"))
            .latency();
    try (PackedWeights packed = new PackedWeights(moody, 2)) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> run(plan, packed));
      assertTrue(String.valueOf(thrown.getMessage()).contains("the disk is away"));
      broken[0] = false;
      float[] later = run(plan, packed);
      try (PackedWeights sound = new PackedWeights(program.weights(), 2)) {
        assertArrayEquals(run(plan, sound), later);
      }
    }
  }

  private float[] run(MemoryPlan plan, PackedWeights packed) {
    try (Executable executable = Executable.of(plan, packed, 1, 1);
        NativeMemory input = new NativeMemory(executable.inputBytes())) {
      input.clear();
      executable.setInputs(input.at(0));
      executable.run();
      float[] out = new float[executable.outputs().get(0).capacity()];
      executable.outputs().get(0).get(0, out);
      return out;
    }
  }
}
