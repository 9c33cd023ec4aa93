package io.github.rtmjava.parity.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.eval.track.TrackingFigures;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The tables of {@code docs/tracking.md} and {@code docs/smoothing.md}, and that of people found in
 * {@code docs/3d.md}, printed; not part of the suite because the embedded models look at 770 frames
 * for it.
 */
@EnabledIfSystemProperty(
    named = "rtm.figures",
    matches = "true",
    disabledReason = "skipped: prints figures with -Drtm.figures=true")
class ClipFigures {
  /** Of the camera of all clips, in degrees. */
  private static final double PITCH = 5;

  /** In metres, of everybody; what somebody would say who did not measure. */
  private static final double HEIGHT = 1.75;

  private static final Map<Clip, List<PoseResult>> FOUND = new LinkedHashMap<>();

  @BeforeAll
  static void find() throws IOException {
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      for (String name : Clip.NAMES) {
        Clip clip = Clip.read(name);
        FOUND.put(clip, FoundPeople.in(clip, inferencer));
      }
    }
  }

  @Test
  void followsPeopleFoundBetterThanBothOthers() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "%-22s %-14s %5s %7s %7s %6s %6s".formatted("", "", "IDsw", "IDF1", "MOTA", "miss", "FP"));
    FOUND.forEach(
        (clip, found) -> {
          for (Contest contest : Contest.ALL) {
            rows.add(Contest.row(clip.name(), contest.name(), contest.figures(clip, found)));
          }
        });
    for (Disturbance disturbance : Disturbance.STRENGTHS) {
      for (Contest contest : Contest.ALL) {
        TrackingFigures sum =
            FOUND.keySet().stream()
                .map(clip -> contest.figures(clip, disturbance))
                .reduce(new TrackingFigures(0, 0, 0, 0, 0), TrackingFigures::plus);
        rows.add(Contest.row(disturbance.name(), contest.name(), sum));
      }
    }
    print(rows);
    for (Map.Entry<Clip, List<PoseResult>> one : FOUND.entrySet()) {
      TrackingFigures ours = Contest.OURS.figures(one.getKey(), one.getValue());
      for (Contest other : List.of(Contest.PLAIN, Contest.RTMLIB)) {
        TrackingFigures theirs = other.figures(one.getKey(), one.getValue());
        assertTrue(ours.switches() < theirs.switches(), one.getKey().name());
        assertTrue(ours.idf1() > theirs.idf1(), one.getKey().name());
        assertTrue(ours.mota() > theirs.mota(), one.getKey().name());
      }
    }
  }

  @Test
  void smoothedPeopleAreCloserToTheTruth() {
    List<TruthTrack> tracks = new ArrayList<>();
    FOUND.forEach((clip, found) -> tracks.addAll(TruthTrack.of(clip, found)));
    List<String> rows = new ArrayList<>();
    rows.add(
        "%-28s %8s %8s %10s %10s".formatted("", "error px", "error mm", "jitter px", "jitter mm"));
    Smoothing.all()
        .forEach((name, smooth) -> rows.add(TruthTrack.errors(tracks, smooth).row(name)));
    print(rows);
    TruthTrack.Errors raw = TruthTrack.errors(tracks, UnaryOperator.identity());
    TruthTrack.Errors smooth = TruthTrack.errors(tracks, Smoothing.offline(SmoothOptions.OFFLINE));
    assertTrue(smooth.pixels() < raw.pixels());
    assertTrue(smooth.millimetres() < raw.millimetres());
  }

  @Test
  void theFloorIsNearWhereItIs() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "%-10s %-22s %8s %8s %8s".formatted("true: 5, 0, 1.25", "", "pitch", "roll", "height"));
    FOUND.forEach(
        (clip, found) -> {
          WorldPose tall = FoundFloor.ofHeight(clip, found, HEIGHT);
          rows.add(FoundFloor.row(clip.name(), "nothing", FoundFloor.nominal(found)));
          rows.add(FoundFloor.row(clip.name(), "camera", FoundFloor.ofCamera(clip, found)));
          rows.add(FoundFloor.row(clip.name(), "camera, height", tall));
        });
    print(rows);
    assertTrue(
        slope(FoundFloor::ofCamera) < slope((clip, found) -> FoundFloor.nominal(found)),
        "the camera makes the slope better");
  }

  /** By how many degrees the pitch is wrong, all clips together. */
  private static double slope(BiFunction<Clip, List<PoseResult>, WorldPose> floor) {
    return FOUND.entrySet().stream()
        .mapToDouble(one -> Math.abs(floor.apply(one.getKey(), one.getValue()).pitch() - PITCH))
        .sum();
  }

  private static void print(List<String> rows) {
    System.out.println(String.join("\n", rows));
  }
}
