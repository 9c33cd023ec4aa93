package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OksNmsTest {
  private static final double[] SIGMAS = {0.1, 0.1};

  private static Prediction at(double x, double score) {
    return new Prediction(
        1,
        Prediction.PERSON,
        new double[] {x, 0, 1, x + 100, 100, 1},
        score,
        new double[] {x, 0, 100, 100},
        new double[0][],
        null);
  }

  private static List<Prediction> keep(Prediction... people) {
    return OksNms.keep(List.of(people), SIGMAS, ScoringRules.DEFAULT);
  }

  @Test
  void theBetterOfTwoAlikeStays() {
    Prediction better = at(1, 0.9);
    assertEquals(List.of(better), keep(at(0, 0.5), better));
  }

  @Test
  void theCropsAreaDecides() {
    // 125 pixels wide, widened to 3:4: an area of 125² / 0.75, so that OKS is 0.9 at this distance.
    double border = Math.sqrt(-Math.log(0.9) * 2 * (125 * 125 / 0.75) * 0.04);
    assertEquals(1, keep(at(0, 0.9), at(border - 0.01, 0.5)).size());
    assertEquals(2, keep(at(0, 0.9), at(border + 0.01, 0.5)).size());
  }
}
