package io.github.rtmjava.eval.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackingEvaluatorTest {

  @Test
  void countsOneSwitchWhereTwoIdsShareAPerson() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    for (int frame = 0; frame < 10; frame++) {
      evaluator.add(List.of(at(1, 0)), List.of(at(frame < 6 ? 7 : 8, 0)));
    }
    TrackingFigures figures = evaluator.figures();
    assertEquals(1, figures.switches());
    assertEquals(0.9, figures.mota(), 1e-12);
    assertEquals(6, figures.idMatches());
    assertEquals(0.6, figures.idf1(), 1e-12);
  }

  @Test
  void countsMissesAndFalsePositives() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    evaluator.add(List.of(at(1, 0), at(2, 100)), List.of(at(5, 0), at(6, 300), at(7, 400)));
    evaluator.add(List.of(at(1, 0), at(2, 100)), List.of(at(5, 0), at(6, 100)));
    evaluator.add(List.of(at(1, 0)), List.of());
    TrackingFigures figures = evaluator.figures();
    assertEquals(2, figures.misses());
    assertEquals(2, figures.falsePositives());
    assertEquals(0, figures.switches());
    assertEquals(1 - 4.0 / 5, figures.mota(), 1e-12);
    assertEquals(2 * 3.0 / 10, figures.idf1(), 1e-12);
    assertEquals(3.0 / 5, figures.idPrecision(), 1e-12);
    assertEquals(3.0 / 5, figures.idRecall(), 1e-12);
  }

  /**
   * The id that a person had stays with them as long as it overlaps, though another fits better.
   */
  @Test
  void keepsAMatchThatStillHolds() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    evaluator.add(List.of(at(1, 0)), List.of(at(5, 0)));
    evaluator.add(List.of(at(1, 0)), List.of(at(5, 3), at(6, 0)));
    assertEquals(0, evaluator.figures().switches());
    assertEquals(1, evaluator.figures().falsePositives());
  }

  /** Two people who pass each other and leave with each other's id: two switches, half right. */
  @Test
  void countsAnExchangeAsTwoSwitches() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    for (int frame = 0; frame < 8; frame++) {
      boolean swapped = frame >= 4;
      evaluator.add(
          List.of(at(1, 0), at(2, 100)), List.of(at(swapped ? 6 : 5, 0), at(swapped ? 5 : 6, 100)));
    }
    assertEquals(2, evaluator.figures().switches());
    assertEquals(0.5, evaluator.figures().idf1(), 1e-12);
    assertEquals(1 - 2.0 / 16, evaluator.figures().mota(), 1e-12);
  }

  @Test
  void remembersAcrossAnAbsence() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    evaluator.add(List.of(at(1, 0)), List.of(at(5, 0)));
    evaluator.add(List.of(), List.of());
    evaluator.add(List.of(at(1, 50)), List.of(at(6, 50)));
    assertEquals(1, evaluator.figures().switches());
  }

  @Test
  void hasNoFiguresWithoutPeople() {
    assertEquals(Double.NaN, new TrackingEvaluator().figures().mota());
    assertEquals(Double.NaN, new TrackingEvaluator().figures().idf1());
  }

  @Test
  void refusesAnIdTwiceInAFrame() {
    TrackingEvaluator evaluator = new TrackingEvaluator();
    assertThrows(
        IllegalArgumentException.class,
        () -> evaluator.add(List.of(), List.of(at(1, 0), at(1, 50))));
  }

  /** IDF1 against every way to let people of the truth stand for ids. */
  @Test
  void findsTheBestIdentitiesThatTryingEverythingFinds() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      TrackingEvaluator evaluator = new TrackingEvaluator();
      int[][] together = new int[4][4];
      for (int frame = 0; frame < 12; frame++) {
        List<TrackedBox> truth = new ArrayList<>();
        List<TrackedBox> people = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        for (int id = 0; id < 4; id++) {
          if (random.nextInt(4) > 0) {
            truth.add(at(id, 100f * id));
            int other = random.nextInt(3) > 0 ? id : random.nextInt(4);
            if (used.add(other)) {
              people.add(at(other, 100f * id));
              together[id][other]++;
            }
          }
        }
        evaluator.add(truth, people);
      }
      assertEquals(best(together, 0, 0), evaluator.figures().idMatches());
    }
  }

  private static int best(int[][] together, int row, int taken) {
    if (row == together.length) {
      return 0;
    }
    int best = best(together, row + 1, taken);
    for (int c = 0; c < together.length; c++) {
      if ((taken >> c & 1) == 0) {
        best = Math.max(best, together[row][c] + best(together, row + 1, taken | 1 << c));
      }
    }
    return best;
  }

  private static TrackedBox at(int id, float x) {
    return new TrackedBox(id, new Box(x, 0, x + 20, 40));
  }
}
