package io.github.rtmjava.parity.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.eval.track.TrackingFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our tracker against two others, on the truth of the clips disturbed. */
class TrackingTest {

  @Test
  void isBetterThanBothOthersOnTheDisturbedTruth() throws IOException {
    List<Clip> clips = new ArrayList<>();
    for (String name : Clip.NAMES) {
      clips.add(Clip.read(name));
    }
    for (Disturbance disturbance : Disturbance.STRENGTHS) {
      TrackingFigures ours = sum(Contest.OURS, clips, disturbance);
      for (Contest other : List.of(Contest.PLAIN, Contest.RTMLIB)) {
        TrackingFigures theirs = sum(other, clips, disturbance);
        String why = disturbance.name() + ": " + ours + ", " + other.name() + " " + theirs;
        assertTrue(ours.switches() < theirs.switches(), why);
        assertTrue(ours.idf1() > theirs.idf1(), why);
        assertTrue(ours.mota() > theirs.mota(), why);
      }
    }
  }

  private static TrackingFigures sum(Contest contest, List<Clip> clips, Disturbance disturbance) {
    TrackingFigures sum = new TrackingFigures(0, 0, 0, 0, 0);
    for (Clip clip : clips) {
      sum = sum.plus(contest.figures(clip, disturbance));
    }
    return sum;
  }
}
