package io.github.rtmjava.compiler.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
  private static final Workload PAIR = Workload.latency(2);

  @TempDir Path folder;

  private final MadeDevice device = new MadeDevice();
  private final Program program = MadeDevice.program();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("known.properties");
  }

  /** A tuner of a process of its own: it knows no more than the file. */
  private Tuner tuner() {
    return new Tuner(device, Precision.FLOAT32, device, TuningCache.at(file));
  }

  @Test
  void everyWayCostsWhatWasMeasured() {
    CostModel cost = tuner().measured(program, PAIR).orElseThrow();
    for (Step step : MadeDevice.convolutions(program)) {
      assertEquals(1000, cost.of(step, MadeDevice.SMALL));
      assertEquals(500, cost.of(step, MadeDevice.LARGE));
    }
  }

  @Test
  void aShapeIsMeasuredOnceInAllItsWays() throws IOException {
    assertEquals(3, MadeDevice.convolutions(program).size());
    tuner().measured(program, PAIR);
    assertEquals(1, device.measured.size());
    assertEquals(4, device.measured.get(0).size(), "with and without a sum");
    assertEquals(
        List.of(
            "1.f32.16-16.k3.24x20.1x1x2.large",
            "1.f32.16-16.k3.24x20.1x1x2.small",
            "1.f32.16-16.k3.24x20.sum.1x1x2.large",
            "1.f32.16-16.k3.24x20.sum.1x1x2.small"),
        keys());
  }

  @Test
  void whatWasMeasuredIsTakenFromTheFile() throws IOException {
    tuner().measured(program, PAIR);
    String made = Files.readString(file).replaceAll("large=.*", "large=123456789012");
    Files.writeString(file, made);
    CostModel again = tuner().measured(program, PAIR).orElseThrow();
    assertEquals(
        123456789012.0, again.of(MadeDevice.convolutions(program).get(0), MadeDevice.LARGE));
    assertEquals(1, device.measured.size());
    assertEquals(made, Files.readString(file));
  }

  @Test
  void whatAFileSaysNonsenseOfIsMeasuredAgain() throws IOException {
    tuner().measured(program, PAIR);
    Files.writeString(file, Files.readString(file).replaceAll("large=.*", "large=x"));
    assertTrue(tuner().cached(program, PAIR).isEmpty());
    CostModel again = tuner().measured(program, PAIR).orElseThrow();
    assertEquals(500, again.of(MadeDevice.convolutions(program).get(0), MadeDevice.LARGE));
    assertEquals(2, device.measured.size());
  }

  @Test
  void workloadsAreMeasuredApart() throws IOException {
    tuner().measured(program, PAIR);
    assertTrue(tuner().cached(program, Workload.throughput(3, 2)).isEmpty());
    tuner().measured(program, Workload.throughput(3, 2));
    assertEquals(8, keys().size());
  }

  @Test
  void precisionsAreMeasuredApart() {
    tuner().measured(program, PAIR);
    Tuner other = new Tuner(device, Precision.BFLOAT16, device, TuningCache.at(file));
    assertTrue(other.cached(program, PAIR).isEmpty());
  }

  @Test
  void aProgramWithoutAChoiceNeedsNoMeasuring() {
    Network small = Samples.single(new Op.Focus(), Shape.of(Shape.BATCH, 3, 8, 8));
    Program without = Lowering.of(Simplification.of(small, Samples.weights(small, 1)));
    assertTrue(tuner().cached(without, PAIR).isPresent());
    assertTrue(tuner().measured(without, PAIR).isPresent());
    assertTrue(device.measured.isEmpty());
    assertTrue(Files.notExists(file));
  }

  @Test
  void whatIsCachedIsNeverMeasured() {
    assertTrue(tuner().cached(program, PAIR).isEmpty());
    assertTrue(device.measured.isEmpty());
  }

  @Test
  void nothingIsKnownWhereTheBackendCannotMeasure() {
    device.busy = true;
    assertTrue(tuner().measured(program, PAIR).isEmpty());
    assertTrue(Files.notExists(file));
  }

  @Test
  void whatWasMeasuredBesideOtherWorkServesThisProcessAlone() {
    device.quiet = 0.5;
    Tuner tuner = tuner();
    Optional<CostModel> cost = tuner.measured(program, PAIR);
    assertEquals(
        500, cost.orElseThrow().of(MadeDevice.convolutions(program).get(0), MadeDevice.LARGE));
    assertTrue(tuner.cached(program, PAIR).isPresent());
    assertTrue(Files.notExists(file));
  }

  @Test
  void namesAreTheSameWhateverTheLanguage() throws IOException {
    tuner().measured(program, PAIR);
    List<String> expected = keys();
    Files.delete(file);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      tuner().measured(program, PAIR);
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(expected, keys());
  }

  private List<String> keys() throws IOException {
    return Files.readAllLines(file).stream()
        .map(row -> row.substring(0, row.indexOf('=')))
        .toList();
  }
}
