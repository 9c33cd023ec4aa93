package io.github.rtmjava.compiler.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaySelectorTest {
  private static final double ANY = 100;

  private final MadeDevice device = new MadeDevice();
  private final Program program = MadeDevice.program();

  private List<Way> chosen(Choices choices) {
    return MadeDevice.convolutions(program).stream().map(choices::of).toList();
  }

  private static CostModel largeTakes(double time, double perByte) {
    return new CostModel() {
      @Override
      public double of(Step step, Way way) {
        return way.equals(MadeDevice.LARGE) ? time : 1;
      }

      @Override
      public double perByte() {
        return perByte;
      }
    };
  }

  @Test
  void theFastestIsTaken() {
    WaySelector selector = new WaySelector(device, ANY);
    assertEquals(
        List.of(MadeDevice.LARGE, MadeDevice.LARGE, MadeDevice.LARGE),
        chosen(selector.select(program, largeTakes(0.5, 0))));
  }

  @Test
  void theUsualWayIsTakenUnlessAnotherIsClearlyFaster() {
    WaySelector selector = new WaySelector(device, ANY);
    assertEquals(
        List.of(MadeDevice.SMALL, MadeDevice.SMALL, MadeDevice.SMALL),
        chosen(selector.select(program, largeTakes(0.98, 0))));
  }

  @Test
  void memoryIsTakenForWhatGainsMost() {
    // The budget serves one convolution's larger weights; the third one gains most by them.
    WaySelector selector = new WaySelector(device, 2.1);
    List<Step> steps = MadeDevice.convolutions(program);
    Choices choices =
        selector.select(
            program,
            (step, way) ->
                way.equals(MadeDevice.LARGE) ? (step.equals(steps.get(2)) ? 0.2 : 0.5) : 1);
    assertEquals(List.of(MadeDevice.SMALL, MadeDevice.SMALL, MadeDevice.LARGE), chosen(choices));
  }

  @Test
  void memoryMustPayForItself() {
    WaySelector selector = new WaySelector(device, ANY);
    assertEquals(
        List.of(MadeDevice.SMALL, MadeDevice.SMALL, MadeDevice.SMALL),
        chosen(selector.select(program, largeTakes(0.5, 1))));
  }

  @Test
  void severalWorkloadsKeepWithinTheBudgetTogether() {
    // One image is fastest in the small way, many in the large one.
    WaySelector selector = new WaySelector(device, 2.4);
    Choices first = selector.select(program, largeTakes(2, 0));
    Choices second = selector.select(program, largeTakes(0.5, 0), first);
    long plain = 0;
    long all = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        plain += Way.plainBytes(conv);
        all += first.of(step).weightBytes(conv);
        if (!second.of(step).equals(first.of(step))) {
          all += second.of(step).weightBytes(conv);
        }
      }
    }
    assertTrue(all > plain, "something is done in another way");
    assertTrue(all <= 2.4 * plain, all + " bytes for " + plain);
  }
}
