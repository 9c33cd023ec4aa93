package io.github.rtmjava.parity.time;

import io.github.rtmjava.eval.track.TrackedBox;
import io.github.rtmjava.eval.track.TrackingEvaluator;
import io.github.rtmjava.eval.track.TrackingFigures;
import io.github.rtmjava.motion.track.Tracker;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One tracker among those compared.
 *
 * @param make one that has seen nobody yet
 */
record Contest(String name, Supplier<Follower> make) {
  static final int SEEDS = 5;

  static final Contest OURS = new Contest("rtm-java", () -> new Tracker()::step);
  static final Contest PLAIN = new Contest("plain IoU", PlainIou::new);
  static final Contest RTMLIB = new Contest("rtmlib's rule", RtmlibRule::new);
  static final List<Contest> ALL = List.of(OURS, PLAIN, RTMLIB);

  /** How well it follows the people of a clip as they are found frame by frame. */
  TrackingFigures figures(Clip clip, List<PoseResult> found) {
    Follower follower = make.get();
    TrackingEvaluator evaluator = new TrackingEvaluator();
    for (int i = 0; i < found.size(); i++) {
      Clip.Frame frame = clip.frames().get(i);
      PoseResult named = follower.step(frame.time(), found.get(i));
      evaluator.add(
          frame.boxes(),
          named.persons().stream()
              .map(p -> new TrackedBox(p.id().orElseThrow(), p.bbox()))
              .toList());
    }
    return evaluator.figures();
  }

  /** The same on the truth disturbed, over all seeds. */
  TrackingFigures figures(Clip clip, Disturbance disturbance) {
    TrackingFigures sum = new TrackingFigures(0, 0, 0, 0, 0);
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<PoseResult> found = new ArrayList<>();
      for (Clip.Frame frame : clip.frames()) {
        found.add(disturbance.apply(clip, frame, random));
      }
      sum = sum.plus(figures(clip, found));
    }
    return sum;
  }

  static String row(String what, String who, TrackingFigures f) {
    return "%-22s %-14s %5d %7.3f %7.3f %6d %6d"
        .formatted(what, who, f.switches(), f.idf1(), f.mota(), f.misses(), f.falsePositives());
  }
}
