package io.github.rtmjava.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Verdicts on predictions of one category, and the curve of precision over recall they make. */
final class PrecisionRecall {
  private static final double TINY = Math.ulp(1.0);

  private final List<Ranked> ranked = new ArrayList<>();
  private int people;

  /** What became of a prediction. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** Neither helps nor harms: matched to someone who does not count, or of another size. */
    IGNORED
  }

  private record Ranked(double score, Verdict[] verdicts) {}

  /** So many more people are to be found. */
  void expect(int more) {
    people += more;
  }

  /** A prediction with its verdict at each threshold. */
  void add(double score, Verdict[] verdicts) {
    ranked.add(new Ranked(score, verdicts));
  }

  /** How many are to be found. */
  int people() {
    return people;
  }

  /** The share of people found by the last prediction. */
  double recall(int threshold) {
    return ranked.stream().filter(r -> r.verdicts[threshold] == Verdict.RIGHT).count()
        / (double) people;
  }

  /** [101]: the best precision at recalls of at least 0, 0.01 … 1; 0 where none is reached. */
  double[] precision(int threshold) {
    List<Ranked> order =
        ranked.stream().sorted(Comparator.comparingDouble((Ranked r) -> 0 - r.score)).toList();
    double[] recall = new double[order.size()];
    double[] precision = new double[order.size()];
    double right = 0;
    double wrong = 0;
    for (int i = 0; i < precision.length; i++) {
      Verdict verdict = order.get(i).verdicts[threshold];
      right += verdict == Verdict.RIGHT ? 1 : 0;
      wrong += verdict == Verdict.WRONG ? 1 : 0;
      recall[i] = right / people;
      precision[i] = right / (wrong + right + TINY);
    }
    for (int i = precision.length - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
    double[] out = new double[OksEvaluator.RECALLS];
    int at = 0;
    for (int r = 0; r < out.length; r++) {
      double wanted = r == out.length - 1 ? 1 : r * 0.01;
      while (at < recall.length && recall[at] < wanted) {
        at++;
      }
      out[r] = at < recall.length ? precision[at] : 0;
    }
    return out;
  }
}
