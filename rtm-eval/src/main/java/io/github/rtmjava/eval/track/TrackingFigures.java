package io.github.rtmjava.eval.track;

/**
 * How well people were followed.
 *
 * @param truths boxes of the truth, over all frames
 * @param found boxes found, over all frames
 * @param matches pairs of the two that overlap enough (CLEAR MOT)
 * @param switches how often somebody was matched to another id than the last time (CLEAR MOT)
 * @param idMatches boxes of the truth with the right id (IDTP), when every person of the truth
 *     stands for at most one id, so that these are most
 */
public record TrackingFigures(
    long truths, long found, long matches, long switches, long idMatches) {

  /** Boxes of the truth that nobody found. */
  public long misses() {
    return truths - matches;
  }

  /** Found boxes where nobody is. */
  public long falsePositives() {
    return found - matches;
  }

  /** 1 − (misses + false positives + switches) / truths; at most 1; NaN without truth. */
  public double mota() {
    return truths == 0
        ? Double.NaN
        : 1 - (double) (misses() + falsePositives() + switches) / truths;
  }

  /** Share of what was found that has the right id, 0 to 1; NaN where nothing was found. */
  public double idPrecision() {
    return found == 0 ? Double.NaN : (double) idMatches / found;
  }

  /** Share of the truth that has the right id, 0 to 1; NaN without truth. */
  public double idRecall() {
    return truths == 0 ? Double.NaN : (double) idMatches / truths;
  }

  /** Harmonic mean of the two, IDF1; NaN where there is neither truth nor anything found. */
  public double idf1() {
    return truths + found == 0 ? Double.NaN : 2.0 * idMatches / (truths + found);
  }

  /** The figures of two films together. */
  public TrackingFigures plus(TrackingFigures other) {
    return new TrackingFigures(
        truths + other.truths,
        found + other.found,
        matches + other.matches,
        switches + other.switches,
        idMatches + other.idMatches);
  }
}
