package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.compiler.tuning.CostModel;
import io.github.rtmjava.compiler.tuning.Timer;
import io.github.rtmjava.compiler.tuning.TunedPlans;
import io.github.rtmjava.compiler.tuning.Tuner;
import io.github.rtmjava.compiler.tuning.TuningCache;
import io.github.rtmjava.compiler.tuning.Workload;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OnednnTuningTest {
  private static final Workload PAIR = Workload.latency(2);

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

  private Tuner tuner(TuningCache cache) {
    return new Tuner(
        backend, Precision.FLOAT32, new ConvolutionTimer(backend, Precision.FLOAT32), cache);
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
  void measureWhatEveryWayCosts() {
    CostModel cost =
        tuner(TuningCache.at(file))
            .measured(program, PAIR)
            .orElseGet(() -> Assumptions.abort("loops are not compiled in time here"));
    assertEquals(3, convolutions().size());
    for (Step step : convolutions()) {
      ways(step).forEach(way -> assertTrue(cost.of(step, way) > 0, way.name()));
    }
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
      assertTrue(tuner(cache).measured(program, PAIR).isEmpty());
    } finally {
      leave.countDown();
      other.join();
    }
    assertTrue(tuner(cache).cached(program, PAIR).isEmpty());
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
      Set<Candidate> candidates = Set.of(Candidate.of(convolutions().get(0), backend.direct()));
      long later = System.nanoTime() + 1_000_000_000;
      assertFalse(JitWarmUp.of(winograd(), later, monitor));
      Timer.Measurement times =
          TuningRun.measure(candidates, backend, Precision.FLOAT32, PAIR, later, monitor);
      assertEquals(Map.of(), times.nanoseconds());
    }
  }

  private static ContentionMonitor monitor() {
    ContentionMonitor monitor = ThreadPool.get().monitor();
    return monitor != null ? monitor : Assumptions.abort("the pool is at work for others");
  }

  private List<Candidate> winograd() {
    Step step = convolutions().get(0);
    return ways(step).stream().map(way -> Candidate.of(step, way)).toList();
  }

  private final PrecisionPolicy float32 = new PrecisionPolicy(Precision.FLOAT32, 1, "float32");

  private boolean batchesAreKnown(TunedPlans plans, TuningCache cache) {
    Workload batches = Workload.throughput(plans.images(), 2);
    return tuner(cache).cached(program, batches).isPresent();
  }

  @Test
  void areNeverMadeInARun() {
    TuningCache cache = TuningCache.at(file);
    TunedPlans plans = OnednnTuning.measured(program, 2, float32, cache);
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
    TunedPlans plans = OnednnTuning.measured(program, 2, float32, cache);
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
    TunedPlans plans = OnednnTuning.measured(program, 2, float32, cache);
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
    TunedPlans measured = OnednnTuning.measured(program, 2, float32, cache);
    for (TunedPlans plans : List.of(measured, OnednnTuning.fixed(program, 2, float32))) {
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
        OnednnTuning.fixed(program, 1, new PrecisionPolicy(Precision.FLOAT32, 1, "float32"))
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
