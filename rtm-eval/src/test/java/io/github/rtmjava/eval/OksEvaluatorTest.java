package io.github.rtmjava.eval;

import static io.github.rtmjava.eval.Made.annotations;
import static io.github.rtmjava.eval.Made.crowd;
import static io.github.rtmjava.eval.Made.guess;
import static io.github.rtmjava.eval.Made.person;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cases whose answers can be worked out by hand; every sigma is 0.1. */
class OksEvaluatorTest {
  private static final double CLOSE = 1e-12;
  private static final double[] BOX = {0, 0, 200, 200};

  /** Large: more than 96² square pixels. */
  private static final double AREA = 10_000;

  private static final double[] TRUTH = {10, 10, 2, 110, 110, 2};

  /** By how many pixels both keypoints are off for an OKS: exp(−d² / (2 · area · 0.04)). */
  private static double offset(double oks) {
    return Math.sqrt(-Math.log(oks) * 2 * AREA * 0.04);
  }

  private static double[] off(double pixels) {
    return new double[] {10 + pixels, 10, 1, 110 + pixels, 110, 1};
  }

  private static AveragePrecision evaluate(Annotations annotations, Prediction... guesses) {
    return new OksEvaluator(
            Made.BOTH, KeypointSets.sigmas(annotations.keypointSet()), OksRules.COCO)
        .evaluate(annotations, List.of(guesses));
  }

  @Test
  void whoIsWhereTheyAreGivesOne() {
    AveragePrecision found = evaluate(annotations(person(1, BOX, AREA, TRUTH)), guess(0.5, TRUTH));
    assertEquals(1, found.ap(), CLOSE);
    assertEquals(1, found.ap50(), CLOSE);
    assertEquals(1, found.apLarge(), CLOSE);
    assertEquals(-1, found.apMedium(), "there is nobody of this size");
    assertEquals(1, found.ar());
  }

  @Test
  void nobodyPredictedGivesZero() {
    AveragePrecision found = evaluate(annotations(person(1, BOX, AREA, TRUTH)));
    assertEquals(new AveragePrecision(0, 0, 0, -1, 0, 0, 0, 0, -1, 0), found);
  }

  @Test
  void anOksOf077PassesSixOfTenThresholds() {
    AveragePrecision found =
        evaluate(annotations(person(1, BOX, AREA, TRUTH)), guess(0.5, off(offset(0.77))));
    assertEquals(0.6, found.ap(), CLOSE);
    assertEquals(1, found.ap75(), CLOSE);
    assertEquals(0.6, found.ar(), CLOSE);
  }

  @Test
  void oneOfTwoFoundGivesPrecisionUpToHalfOfTheRecalls() {
    double[] other = {400, 10, 2, 500, 110, 2};
    AveragePrecision found =
        evaluate(
            annotations(
                person(1, BOX, AREA, TRUTH),
                person(2, new double[] {390, 0, 200, 200}, AREA, other)),
            guess(0.5, TRUTH));
    // Recalls 0, 0.01 … 0.50 are reached: 51 of 101.
    assertEquals(51.0 / 101, found.ap(), CLOSE);
    assertEquals(0.5, found.ar(), CLOSE);
  }

  @Test
  void aWrongOneRankedHigherHalvesThePrecision() {
    AveragePrecision found =
        evaluate(
            annotations(person(1, BOX, AREA, TRUTH)),
            guess(0.9, 400, 10, 1, 500, 110, 1),
            guess(0.5, TRUTH));
    assertEquals(0.5, found.ap(), CLOSE);
    assertEquals(1, found.ar(), CLOSE);
  }

  @Test
  void aWrongOneRankedLowerDoesNoHarm() {
    AveragePrecision found =
        evaluate(
            annotations(person(1, BOX, AREA, TRUTH)),
            guess(0.5, 400, 10, 1, 500, 110, 1),
            guess(0.9, TRUTH));
    assertEquals(1, found.ap(), CLOSE);
  }

  @Test
  void theSamePersonTwiceIsOnceWrong() {
    double[] other = {400, 10, 2, 500, 110, 2};
    AveragePrecision found =
        evaluate(
            annotations(
                person(1, BOX, AREA, TRUTH),
                person(2, new double[] {390, 0, 200, 200}, AREA, other)),
            guess(0.9, TRUTH),
            guess(0.8, TRUTH),
            guess(0.7, other));
    // Precision 1 up to a recall of one half, 2/3 above it.
    assertEquals((51 + 50 * 2.0 / 3) / 101, found.ap(), CLOSE);
  }

  @Test
  void aCrowdTakesAnyNumberAndCountsForNothing() {
    double[] other = {400, 10, 2, 500, 110, 2};
    AveragePrecision found =
        evaluate(
            annotations(
                person(1, BOX, AREA, TRUTH),
                crowd(2, new double[] {390, 0, 200, 200}, AREA, other)),
            guess(0.9, other),
            guess(0.8, other),
            guess(0.7, TRUTH));
    assertEquals(1, found.ap(), CLOSE);
    assertEquals(1, found.ar(), CLOSE);
  }

  @Test
  void someoneWithoutKeypointsTakesWhoeverIsNearTheirBox() {
    AveragePrecision found =
        evaluate(
            annotations(
                person(1, BOX, AREA, TRUTH),
                person(2, new double[] {390, 0, 100, 100}, AREA, 0, 0, 0, 0, 0, 0)),
            // Within twice the box, which reaches from 290 to 590.
            guess(0.9, 300, 10, 1, 580, 110, 1),
            guess(0.7, TRUTH));
    assertEquals(1, found.ap(), CLOSE);
  }

  @Test
  void hiddenKeypointsCountAndMissingOnesDoNot() {
    AveragePrecision found =
        evaluate(
            annotations(person(1, BOX, AREA, 10, 10, 1, 110, 110, 0)),
            guess(0.9, 10, 10, 1, 600, 400, 1));
    assertEquals(1, found.ap(), CLOSE);
  }

  @Test
  void sizesAreJudgedApart() {
    double[] small = {400, 10, 2, 450, 60, 2};
    AveragePrecision found =
        evaluate(
            annotations(
                person(1, BOX, AREA, TRUTH), person(2, new double[] {390, 0, 60, 60}, 3000, small)),
            guess(0.9, small));
    assertEquals(1, found.apMedium(), CLOSE);
    assertEquals(0, found.apLarge(), CLOSE);
    assertEquals(51.0 / 101, found.ap(), CLOSE);
  }

  @Test
  void onlyTwentyPerPictureAreLookedAt() {
    Prediction[] guesses =
        IntStream.range(0, 21)
            .mapToObj(i -> i < 20 ? guess(0.9, 400, 10, 1, 500, 110, 1) : guess(0.5, TRUTH))
            .toArray(Prediction[]::new);
    assertEquals(0, evaluate(annotations(person(1, BOX, AREA, TRUTH)), guesses).ar(), CLOSE);
  }

  @Test
  void withoutAreasHalfOfTheBoxIsTaken() {
    Annotation truth = person(1, BOX, AREA, TRUTH);
    assertEquals(200 * 200 * 0.53, truth.area(false), CLOSE);
    assertEquals(AREA, truth.area(true), CLOSE);
  }
}
