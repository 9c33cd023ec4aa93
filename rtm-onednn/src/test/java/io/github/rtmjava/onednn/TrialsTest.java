package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Lowering;
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
import io.github.rtmjava.onednn.natives.Block;
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
class TrialsTest {
  /** Keeps what was measured on whatever busy machine. */
  private static final double ANY_LOAD = 0;

  private static final double NO_LOAD_AT_ALL = 2;

  private static final Trials.Crowd PAIR = Trials.Crowd.together(2);

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

  private Trials trials(Trials.Crowd crowd) {
    Known known = Known.at(file);
    return Trials.measured(program, backend, Precision.FLOAT32, crowd, known, ANY_LOAD)
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
    Trials trials = trials(PAIR);
    assertEquals(3, convolutions().size());
    for (Step step : convolutions()) {
      ways(step).forEach(way -> assertTrue(trials.of(step, way) > 0, way.name()));
    }
  }

  @Test
  void measureAShapeOnce() throws IOException {
    Trials trials = trials(PAIR);
    Step a = convolutions().get(0);
    Step c = convolutions().get(2);
    ways(a).forEach(way -> assertEquals(trials.of(a, way), trials.of(c, way)));
    int rows = Files.readAllLines(file).size();
    assertEquals(2 * ways(a).size(), rows, "one for each way, with and without a sum");
  }

  @Test
  void takeFromTheFileWhatWasMeasured() throws IOException {
    trials(PAIR);
    String before = Files.readString(file);
    String made = before.replaceAll("direct=.*", "direct=123456789012");
    Files.writeString(file, made);
    Trials again = trials(PAIR);
    Step step = convolutions().get(0);
    assertEquals(123456789012.0, again.of(step, OnednnBackend.DIRECT));
    assertEquals(made, Files.readString(file));
  }

  @Test
  void measureAgainWhatAFileSaysNonsenseOf() throws IOException {
    trials(PAIR);
    Files.writeString(file, Files.readString(file).replaceAll("direct=.*", "direct=x"));
    Trials again = trials(PAIR);
    assertTrue(again.of(convolutions().get(0), OnednnBackend.DIRECT) > 0);
  }

  @Test
  void tellCrowdsApart() throws IOException {
    trials(PAIR);
    int one = Files.readAllLines(file).size();
    trials(Trials.Crowd.apart(3, 2));
    assertEquals(2 * one, Files.readAllLines(file).size());
  }

  @Test
  void areOfNoUseToAProgramWithoutAChoice() {
    Network small = Samples.single(new Op.Focus(), image());
    Program without = Lowering.of(Simplification.of(small, Samples.weights(small, 1)));
    assertTrue(
        Trials.measured(without, backend, Precision.FLOAT32, PAIR, Known.at(file)).isPresent());
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
                Crew.get()
                    .run(
                        1,
                        (member, team) -> {
                          begun.countDown();
                          await(leave);
                        }));
    other.start();
    begun.await();
    Known known = Known.at(file);
    try {
      assertTrue(
          Trials.measured(program, backend, Precision.FLOAT32, PAIR, known, ANY_LOAD).isEmpty());
    } finally {
      leave.countDown();
      other.join();
    }
    assertTrue(Trials.known(program, backend, Precision.FLOAT32, PAIR, known).isEmpty());
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
    try (Watch watch = watch()) {
      Thread other = new Thread(() -> Crew.get().run(1, (member, team) -> {}));
      other.start();
      other.join();
      Set<Trials.Candidate> candidates =
          Set.of(Trials.Candidate.of(convolutions().get(0), OnednnBackend.DIRECT));
      long later = System.nanoTime() + 1_000_000_000;
      assertFalse(WarmUp.of(winograd(), later, watch));
      TrialRun.Times times =
          TrialRun.measure(candidates, backend, Precision.FLOAT32, PAIR, later, watch);
      assertEquals(Map.of(), times.nanoseconds());
    }
  }

  private static Watch watch() {
    Watch watch = Crew.get().watch();
    return watch != null ? watch : Assumptions.abort("others let the crew work");
  }

  private List<Trials.Candidate> winograd() {
    Step step = convolutions().get(0);
    return ways(step).stream().map(way -> Trials.Candidate.of(step, way)).toList();
  }

  @Test
  void areNotKeptWhereSomethingElseWasAtWork() {
    Known known = Known.at(file);
    Optional<Trials> trials =
        Trials.measured(program, backend, Precision.FLOAT32, PAIR, known, NO_LOAD_AT_ALL);
    Assumptions.assumeTrue(trials.isPresent(), "loops are not compiled in time here");
    assertTrue(trials.get().of(convolutions().get(0), OnednnBackend.DIRECT) > 0);
    assertTrue(Files.notExists(file));
  }

  @Test
  void haveTheSameNamesWhateverTheLanguage() throws IOException {
    trials(PAIR);
    List<String> rows = Files.readAllLines(file);
    Files.delete(file);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      trials(PAIR);
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(keys(rows), keys(Files.readAllLines(file)));
  }

  private static List<String> keys(List<String> rows) {
    return rows.stream().map(row -> row.substring(0, row.indexOf('='))).toList();
  }

  private final Arithmetic float32 = new Arithmetic(Precision.FLOAT32, 1, "float32");

  private boolean batchesAreKnown(Plans plans, Known known) {
    Trials.Crowd batches = Trials.Crowd.apart(plans.images(), 2);
    return Trials.known(program, backend, Precision.FLOAT32, batches, known).isPresent();
  }

  @Test
  void areNeverMadeInARun() {
    Known known = Known.at(file);
    Plans plans = Plans.measured(program, 2, float32, known);
    try (OnednnModel model = new OnednnModel(network, plans, 2, "");
        Session session = model.newSession()) {
      session.run(Samples.inputs(network, 5, 1));
      assertFalse(batchesAreKnown(plans, known));
      // What has run stays as it is, so that all sessions have the same results.
      Layout settled = plans.apart();
      model.warmUp(5);
      assertSame(settled, plans.apart());
      assertFalse(batchesAreKnown(plans, known));
    }
  }

  @Test
  void ofBatchesAreMadeWhenAModelIsWarmedUp() throws IOException {
    Known known = Known.at(file);
    Plans plans = Plans.measured(program, 2, float32, known);
    OnednnModel model = new OnednnModel(network, plans, 2, "");
    try (model) {
      model.warmUp(1);
      assertFalse(batchesAreKnown(plans, known), "one image needs nothing more");
      assertThrows(IllegalArgumentException.class, () -> model.warmUp(2, 0));
      model.warmUp(5, 8);
      Assumptions.assumeTrue(batchesAreKnown(plans, known), "loops are not compiled in time here");
      Layout warm = plans.apart();
      try (Session session = model.newSession()) {
        Map<String, Tensor> inputs = Samples.inputs(network, 5, 1);
        Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 2e-5);
      }
      assertSame(warm, plans.apart());
    }
    assertThrows(IllegalStateException.class, () -> model.warmUp(5));
  }

  @Test
  void ofBatchesWaitForTheNextWarmUpWhereOthersAreAtWork() {
    Known known = Known.at(file);
    Plans plans = Plans.measured(program, 2, float32, known);
    boolean[] done = new boolean[1];
    Crew.get()
        .run(
            1,
            (member, team) -> {
              done[0] = plans.warmUp();
            });
    assertFalse(done[0], "this thread is at work itself");
    assertFalse(batchesAreKnown(plans, known));
    if (plans.warmUp()) {
      assertTrue(batchesAreKnown(plans, known));
    }
  }

  @Test
  void everyChoiceGivesTheSameResults() throws IOException {
    Known known = Known.at(file);
    Plans measured = Plans.measured(program, 2, float32, known);
    for (Plans plans : List.of(measured, Plans.ruled(program, 2, float32))) {
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
    Chooser.Cost direct = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 1 : 2;
    Chooser.Cost tiles = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 2 : 1;
    Choices first = Chooser.choose(program, backend, direct);
    Choices second = Chooser.choose(program, backend, tiles, first);
    long all = 0;
    long plain = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        plain += Chooser.bytes(conv, OnednnBackend.DIRECT);
        all += Chooser.bytes(conv, first.of(step));
        if (!second.of(step).equals(first.of(step))) {
          all += Chooser.bytes(conv, second.of(step));
        }
      }
    }
    assertTrue(all > plain, "something is done in another way");
    assertTrue(all <= 2.4 * plain, all + " bytes for " + plain);
  }

  @Test
  void memoryMustPayForItself() {
    Chooser.Cost little =
        new Chooser.Cost() {
          @Override
          public double of(Step step, Way way) {
            return way.equals(OnednnBackend.DIRECT) ? 2 : 1;
          }

          @Override
          public double perByte() {
            return 1;
          }
        };
    Choices choices = Chooser.choose(program, backend, little);
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
    Layout layout =
        Plans.ruled(program, 1, new Arithmetic(Precision.FLOAT32, 1, "float32")).together();
    try (PackedWeights packed = new PackedWeights(moody, 2)) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> run(layout, packed));
      assertTrue(String.valueOf(thrown.getMessage()).contains("the disk is away"));
      broken[0] = false;
      float[] later = run(layout, packed);
      try (PackedWeights sound = new PackedWeights(program.weights(), 2)) {
        assertArrayEquals(run(layout, sound), later);
      }
    }
  }

  private float[] run(Layout layout, PackedWeights packed) {
    try (Executable executable = Executable.of(layout, packed, 1, 1);
        Block input = new Block(executable.inputBytes())) {
      input.clear();
      executable.setInputs(input.at(0));
      executable.run();
      float[] out = new float[executable.outputs().get(0).capacity()];
      executable.outputs().get(0).get(0, out);
      return out;
    }
  }
}
