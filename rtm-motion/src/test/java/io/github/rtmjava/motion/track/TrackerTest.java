package io.github.rtmjava.motion.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackerTest {
  private static final KeypointSet SET = KeypointSet.of("coco", 17);
  private static final double STEP = 0.04;

  private final Tracker tracker = new Tracker();

  @Test
  void givesIdsInTheirOrderAtOnce() {
    assertEquals(List.of(1, 2), ids(tracker.step(0, found(at(100, 0), at(400, 0)))));
  }

  @Test
  void keepsIdsWhateverTheOrder() {
    tracker.step(0, found(at(100, 0), at(400, 0)));
    assertEquals(List.of(2, 1), ids(tracker.step(STEP, found(at(402, 0), at(102, 0)))));
  }

  /** Two people of different gait walk through each other; the one behind is hidden for a while. */
  @Test
  void keepsIdsThroughACrossing() {
    Random random = new Random(1);
    for (int frame = 0; frame < 100; frame++) {
      double right = 100 + 4 * frame;
      double left = 500 - 4 * frame;
      boolean hidden = Math.abs(right - left) < 50;
      List<PersonPose> people = new ArrayList<>();
      people.add(noisy(at(right, frame * 0.5), random));
      if (!hidden) {
        people.add(noisy(at(left, 2 + frame * 0.5), random));
      }
      PoseResult named = tracker.step(frame * STEP, found(people));
      assertEquals(hidden ? List.of(1) : List.of(1, 2), ids(named), "frame " + frame);
    }
  }

  @Test
  void recognisesWhoComesBackWhereTheyLeft() {
    for (int frame = 0; frame < 20; frame++) {
      tracker.step(frame * STEP, found(at(540 + 4 * frame, 0)));
    }
    for (int frame = 20; frame < 60; frame++) {
      tracker.step(frame * STEP, found());
    }
    assertEquals(List.of(1), ids(tracker.step(60 * STEP, found(at(610, 0)))));
  }

  @Test
  void forgetsWhoIsAwayForTooLong() {
    tracker.step(0, found(at(100, 0)));
    for (int frame = 1; frame < 1000; frame++) {
      assertTrue(tracker.step(frame, found()).persons().isEmpty());
    }
    assertEquals(List.of(2), ids(tracker.step(1000, found(at(100, 0)))));
  }

  @Test
  void outlastsAGapInTheTimes() {
    tracker.step(0, found(at(100, 0)));
    assertEquals(List.of(1), ids(tracker.step(1.5, found(at(103, 0)))));
  }

  @Test
  void leavesOutASecondBoxOfOnePerson() {
    PersonPose person = at(100, 0);
    Box box = person.bbox();
    PersonPose again =
        person.withBbox(new Box(box.x1() + 5, box.y1() - 4, box.x2() + 6, box.y2() - 2));
    assertEquals(List.of(1), ids(tracker.step(0, found(person, again))));
    assertEquals(List.of(1), ids(tracker.step(STEP, found(again, person))));
  }

  @Test
  void waitsForAsManyFramesAsAsked() {
    Tracker patient = new Tracker(TrackerOptions.DEFAULT.withMinHits(3));
    assertEquals(List.of(), ids(patient.step(0, found(at(100, 0)))));
    assertEquals(List.of(), ids(patient.step(STEP, found(at(100, 0)))));
    assertEquals(List.of(1), ids(patient.step(2 * STEP, found(at(100, 0)))));
  }

  @Test
  void goesOnWithALowScoreButBeginsWithNone() {
    assertEquals(List.of(), ids(tracker.step(0, found(at(100, 0, 0.3f)))));
    assertEquals(List.of(1), ids(tracker.step(STEP, found(at(100, 0, 0.9f)))));
    assertEquals(List.of(1), ids(tracker.step(2 * STEP, found(at(102, 0, 0.3f)))));
  }

  @Test
  void takesWhatIsNotANumber() {
    tracker.step(0, found(at(100, 0), at(400, 0)));
    float[][] points = at(102, 0).keypoints();
    points[0][0] = Float.NaN;
    points[5][1] = Float.POSITIVE_INFINITY;
    PersonPose holes = at(102, 0).withKeypoints(points);
    PersonPose none = at(402, 0).withBbox(new Box(Float.NaN, 0, 1, 1));
    float[] scores = new float[SET.size()];
    Arrays.fill(scores, Float.NaN);
    PersonPose nothing = none.withScores(scores);
    assertEquals(List.of(1, 2), ids(tracker.step(STEP, found(holes, none, nothing))));
  }

  @Test
  void keepsAHundredPeopleApart() {
    Random random = new Random(2);
    for (int frame = 0; frame < 30; frame++) {
      List<PersonPose> people = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        people.add(noisy(at(60 * i + 3 * frame, i), random));
      }
      List<Integer> ids = ids(tracker.step(frame * STEP, found(people)));
      for (int i = 0; i < 100; i++) {
        assertEquals(i + 1, ids.get(i));
      }
    }
  }

  @Test
  void neverGivesAnIdTwiceInAFrame() {
    Random random = new Random(4);
    for (int frame = 0; frame < 300; frame++) {
      List<PersonPose> people = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        people.add(noisy(at(random.nextInt(640), random.nextInt(3)), random));
      }
      Collections.shuffle(people, random);
      List<Integer> ids = ids(tracker.step(frame * STEP, found(people)));
      Set<Integer> distinct = new HashSet<>(ids);
      assertEquals(distinct.size(), ids.size());
    }
  }

  @Test
  void predictsBoxesThatMoveWithThePeople() {
    for (int frame = 0; frame < 10; frame++) {
      tracker.step(frame * STEP, found(at(100 + 5 * frame, 0)));
    }
    List<Box> boxes = tracker.predict(10 * STEP);
    assertEquals(1, boxes.size());
    Box box = boxes.get(0);
    assertEquals(150 + 6, (box.x1() + box.x2()) / 2, 2);
    assertTrue(box.y1() < 150 && box.y2() > 342, box + " does not hold the keypoints");
  }

  @Test
  void predictsNobodyWhomTheLastFrameDidNotShow() {
    assertEquals(List.of(), tracker.predict(0));
    tracker.step(0, found(at(100, 0)));
    tracker.step(STEP, found());
    assertEquals(List.of(), tracker.predict(2 * STEP));
  }

  @Test
  void refusesFramesOutOfOrder() {
    tracker.step(1, found());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> tracker.step(1, found()));
    assertEquals(
        "expected frames in the order of their times, found 1.0 s after 1.0 s",
        refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> tracker.step(Double.NaN, found()));
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    TrackerOptions options = TrackerOptions.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> options.withMaxAge(0));
    assertThrows(IllegalArgumentException.class, () -> options.withMinHits(0));
    assertThrows(IllegalArgumentException.class, () -> options.withMinScore(1.5));
    assertThrows(IllegalArgumentException.class, () -> options.withMinSimilarity(Double.NaN));
  }

  private static PoseResult found(PersonPose... people) {
    return found(List.of(people));
  }

  private static PoseResult found(List<PersonPose> people) {
    return new PoseResult(640, 480, "made up", Frame3d.CAMERA, SET, people);
  }

  private static List<Integer> ids(PoseResult result) {
    return result.persons().stream().map(p -> p.id().orElseThrow()).toList();
  }

  private static PersonPose at(double x, double phase) {
    return at(x, phase, 0.9f);
  }

  /** Somebody of 200 pixels whose limbs swing, with the head at x. */
  private static PersonPose at(double x, double phase, float score) {
    float[][] points = new float[SET.size()][];
    float[] scores = new float[SET.size()];
    for (int k = 0; k < points.length; k++) {
      double swing = (k < 5 ? 0 : 20) * Math.sin(phase + k);
      points[k] = new float[] {(float) (x + 12 * (k % 2) + swing), 150 + 12f * k};
      scores[k] = 0.8f;
    }
    Box box = new Box((float) x - 30, 130, (float) x + 42, 355);
    return new PersonPose(box, score, points, new float[0][], scores);
  }

  private static PersonPose noisy(PersonPose person, Random random) {
    float[][] points = person.keypoints();
    for (float[] p : points) {
      p[0] += 2 * (float) random.nextGaussian();
      p[1] += 2 * (float) random.nextGaussian();
    }
    return person.withKeypoints(points);
  }
}
