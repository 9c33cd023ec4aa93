package io.github.rtmjava.eval.track;

import io.github.rtmjava.geometry.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares people followed over time with the truth, frame by frame: CLEAR MOT (Bernardin and
 * Stiefelhagen, "Evaluating multiple object tracking performance", 2008) and the identity measures
 * (Ristani et al., "Performance measures and a data set for multi-target, multi-camera tracking",
 * 2016). Not for several threads.
 */
public final class TrackingEvaluator {
  /** Counts a pair before how well it overlaps. */
  private static final double PAIR = 1000;

  private final double threshold;
  private final Map<Integer, Integer> lastMatch = new HashMap<>();
  private final Map<Integer, Map<Integer, Integer>> together = new HashMap<>();
  private final Set<Integer> foundIds = new HashSet<>();
  private long truths;
  private long found;
  private long matches;
  private long switches;

  /** Matches boxes that overlap by an IoU of at least 0.5, as is usual. */
  public TrackingEvaluator() {
    this(0.5);
  }

  /**
   * Matches boxes that overlap by an IoU of at least the threshold.
   *
   * @param threshold above 0, at most 1
   */
  public TrackingEvaluator(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "expected a least IoU above 0 and at most 1, found " + threshold);
    }
    this.threshold = threshold;
  }

  /**
   * The next frame.
   *
   * @param truth everybody who is there, each id once
   * @param people everybody who was found, each id once
   */
  public void add(List<TrackedBox> truth, List<TrackedBox> people) {
    requireDistinct(truth);
    requireDistinct(people);
    truths += truth.size();
    found += people.size();
    people.forEach(p -> foundIds.add(p.id()));
    countTogether(truth, people);
    List<TrackedBox> openTruth = new ArrayList<>(truth);
    List<TrackedBox> openPeople = new ArrayList<>(people);
    keepMatches(openTruth, openPeople);
    int[] pairs = Assignment.maximise(overlaps(openTruth, openPeople));
    for (int t = 0; t < pairs.length; t++) {
      if (pairs[t] >= 0) {
        matches++;
        int id = openPeople.get(pairs[t]).id();
        Integer before = lastMatch.put(openTruth.get(t).id(), id);
        if (before != null && before != id) {
          switches++;
        }
      }
    }
  }

  /** The figures of all frames so far. */
  public TrackingFigures figures() {
    return new TrackingFigures(truths, found, matches, switches, idMatches());
  }

  /** Who still overlaps the id last matched with stays with it. */
  private void keepMatches(List<TrackedBox> truth, List<TrackedBox> people) {
    truth.removeIf(
        person -> {
          Integer last = lastMatch.get(person.id());
          boolean stays =
              last != null && people.removeIf(p -> p.id() == last && overlap(person, p) > 0);
          if (stays) {
            matches++;
          }
          return stays;
        });
  }

  private void countTogether(List<TrackedBox> truth, List<TrackedBox> people) {
    for (TrackedBox t : truth) {
      for (TrackedBox p : people) {
        if (overlap(t, p) > 0) {
          together.computeIfAbsent(t.id(), id -> new HashMap<>()).merge(p.id(), 1, Integer::sum);
        }
      }
    }
  }

  private long idMatches() {
    List<Integer> columns = List.copyOf(foundIds);
    List<Map<Integer, Integer>> rows = List.copyOf(together.values());
    double[][] gains = new double[rows.size()][columns.size()];
    for (int r = 0; r < gains.length; r++) {
      for (int c = 0; c < columns.size(); c++) {
        gains[r][c] = rows.get(r).getOrDefault(columns.get(c), 0);
      }
    }
    int[] pairs = Assignment.maximise(gains);
    long sum = 0;
    for (int r = 0; r < pairs.length; r++) {
      if (pairs[r] >= 0) {
        sum += Math.round(gains[r][pairs[r]]);
      }
    }
    return sum;
  }

  private double[][] overlaps(List<TrackedBox> truth, List<TrackedBox> people) {
    double[][] out = new double[truth.size()][people.size()];
    for (int t = 0; t < out.length; t++) {
      for (int p = 0; p < people.size(); p++) {
        out[t][p] = overlap(truth.get(t), people.get(p));
      }
    }
    return out;
  }

  /** Above 0 where the two may be matched, the more the better they overlap. */
  private double overlap(TrackedBox one, TrackedBox other) {
    float iou = one.box().iou(other.box());
    return iou >= threshold ? PAIR + iou : 0;
  }

  private static void requireDistinct(List<TrackedBox> people) {
    Set<Integer> ids = new HashSet<>();
    for (TrackedBox person : people) {
      if (!ids.add(person.id())) {
        throw new IllegalArgumentException(
            "expected each id once in a frame, found %s twice".formatted(person.id()));
      }
    }
  }
}
