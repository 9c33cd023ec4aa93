package io.github.rtmjava.compiler.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedPlansTest {
  private static final double ANY_MEMORY = 100;

  /** Maps of two images and a little more. */
  private static final long CACHED = 170_000;

  /** By which nothing but the usual way is taken. */
  private static final CostModel USUAL = (step, way) -> way.equals(MadeDevice.SMALL) ? 1 : 2;

  @TempDir Path folder;

  private final MadeDevice device = new MadeDevice();
  private final Program program = MadeDevice.program();
  private final TunedPlans.Target target = new TunedPlans.Target(2, Precision.FLOAT32, CACHED);
  private final WaySelector selector = new WaySelector(device, ANY_MEMORY);

  private TunedPlans measured() {
    TuningCache cache = TuningCache.at(folder.resolve("known.properties"));
    Tuner tuner = new Tuner(device, Precision.FLOAT32, device, cache);
    return TunedPlans.measured(program, target, selector, USUAL, tuner);
  }

  private void assertWays(Way expected, MemoryPlan plan) {
    assertEquals(
        List.of(expected, expected, expected),
        MadeDevice.convolutions(program).stream().map(plan.choices()::of).toList());
  }

  @Test
  void aThreadTakesAsManyImagesAsHaveTheirMapsInItsCaches() {
    assertEquals(2, measured().images());
  }

  @Test
  void onlySingleImagesAreMeasuredWhenAModelIsCompiled() {
    TunedPlans plans = measured();
    assertEquals(1, device.measured.size());
    assertWays(MadeDevice.LARGE, plans.latency());
  }

  @Test
  void batchesAreMeasuredByTheWarmUpAlone() {
    TunedPlans plans = measured();
    device.large = 5000;
    assertTrue(plans.warmUp());
    assertEquals(2, device.measured.size());
    assertWays(MadeDevice.SMALL, plans.throughput());
    assertTrue(plans.warmUp());
    assertEquals(2, device.measured.size(), "once");
  }

  @Test
  void whatHasRunStaysAsItIs() {
    TunedPlans plans = measured();
    device.large = 5000;
    MemoryPlan settled = plans.throughput();
    assertEquals(1, device.measured.size(), "nothing is measured in a run");
    assertWays(MadeDevice.LARGE, settled);
    assertTrue(plans.warmUp());
    assertSame(settled, plans.throughput());
    assertEquals(1, device.measured.size());
  }

  @Test
  void theHeuristicChoosesWhereNothingCanBeMeasured() {
    device.busy = true;
    TunedPlans plans = measured();
    assertWays(MadeDevice.SMALL, plans.latency());
    assertFalse(plans.warmUp());
    device.busy = false;
    assertTrue(plans.warmUp());
    assertWays(MadeDevice.LARGE, plans.throughput());
  }

  @Test
  void fixedPlansAreTheSameForEveryWorkload() {
    TunedPlans plans = TunedPlans.fixed(program, target, selector, USUAL);
    assertWays(MadeDevice.SMALL, plans.latency());
    assertTrue(plans.warmUp());
    assertWays(MadeDevice.SMALL, plans.throughput());
    assertTrue(device.measured.isEmpty());
  }
}
