package io.github.rtmjava.motion.angle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FacingOverTimeTest {
  private static final double RATE = 25;

  @ParameterizedTest
  @CsvSource({"coco,17", "halpe26,26", "coco_wholebody,133"})
  void whoTurnsAroundChangesSidesOnce(String set, int size) {
    Random random = new Random(1);
    List<PersonPose> people = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean wrong = random.nextInt(5) == 0;
      people.add(person(set, size, (i < 100) == wrong).withId(1));
    }
    List<Facing> found = facings(people);
    assertEquals(Facing.RIGHT, found.get(0));
    assertEquals(Facing.LEFT, found.get(199));
    assertEquals(1, changes(found));
    assertTrue(
        found.indexOf(Facing.LEFT) > 95 && found.indexOf(Facing.LEFT) < 105, "late or early");
  }

  @Test
  void oneSideHoldsForBothLegs() {
    Figure figure = new Figure("coco_wholebody", 133);
    figure.put("right_big_toe", -0.1f, 0.9f, -0.1f);
    Angles angles = Angles.of(figure.set);
    float[] degrees = angles.degrees2d(figure.rightLeg(0.4f, 0, 0.4f, 0.4f).person());
    assertEquals(90, degrees[angles.list().indexOf(BodyAngle.RIGHT_KNEE)], 1e-3);
  }

  @Test
  void whoIsSeenFromTheFrontStaysAsTheyWere() {
    Random random = new Random(2);
    List<PersonPose> people = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Figure figure = new Figure("coco_wholebody", 133).put("nose", 0.1f, -0.7f, 0);
      float turned = i < 30 ? 1 : 0.05f * (float) Math.sin(i / 20.0);
      float jitter = 0.01f * (float) random.nextGaussian();
      figure.map(p -> new float[] {p[0] * (turned + jitter), p[1], p[2]});
      people.add(figure.person().withId(1));
    }
    assertEquals(0, changes(facings(people)));
  }

  @Test
  void whoIsAwayIsNotForgotten() {
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<PersonPose> people = new ArrayList<>();
      if (i < 20) {
        people.add(person("coco_wholebody", 133, true).withId(7));
      } else if (i >= 80) {
        Figure hidden = new Figure("coco_wholebody", 133);
        Arrays.fill(hidden.scores, 0);
        people.add(hidden.person().withId(7));
      }
      frames.add(frame(i, people));
    }
    List<FacingOverTime.Frame> found = run(frames);
    assertEquals(100, found.size());
    assertEquals(List.of(Facing.LEFT), found.get(99).facings());
    assertEquals(List.of(), found.get(50).facings());
  }

  @Test
  void peopleDoNotMeddleWithEachOther() {
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      PersonPose left = person("coco_wholebody", 133, true).withId(1);
      PersonPose right = person("coco_wholebody", 133, false).withId(2);
      frames.add(frame(i, i % 2 == 0 ? List.of(left, right) : List.of(right, left)));
    }
    for (FacingOverTime.Frame frame : run(frames)) {
      boolean leftFirst = frame.poses().index() % 2 == 0;
      assertEquals(
          leftFirst ? List.of(Facing.LEFT, Facing.RIGHT) : List.of(Facing.RIGHT, Facing.LEFT),
          frame.facings());
    }
  }

  @Test
  void framesComeInTheirOrderHalfASecondLater() {
    FacingOverTime facing = Angles.of(new Figure("coco", 17).set).overTime();
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      for (FacingOverTime.Frame frame : facing.add(frame(i, List.of()))) {
        seen.add(frame.poses().index());
      }
      assertTrue(seen.size() >= i - 13, "frames are held back for longer than half a second");
    }
    facing.finish().forEach(frame -> seen.add(frame.poses().index()));
    assertEquals(100, seen.size());
    List<Long> sorted = new ArrayList<>(seen);
    Collections.sort(sorted);
    assertEquals(sorted, seen);
  }

  @Test
  void withoutAnIdEachFrameSpeaksForItself() {
    List<PersonPose> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      people.add(person("coco_wholebody", 133, i % 2 == 0));
    }
    assertEquals(19, changes(facings(people)));
  }

  private static PersonPose person(String set, int size, boolean left) {
    Figure figure = new Figure(set, size).put("nose", 0.1f, -0.7f, 0);
    PersonPose person = (left ? figure.mirrored() : figure).person();
    return person.withBbox(new Box(300, 150, 340, 340));
  }

  private static List<Facing> facings(List<PersonPose> people) {
    List<PoseFrame> frames = new ArrayList<>();
    for (PersonPose person : people) {
      frames.add(frame(frames.size(), List.of(person)));
    }
    return run(frames).stream().map(frame -> frame.facings().get(0)).toList();
  }

  private static List<FacingOverTime.Frame> run(List<PoseFrame> frames) {
    PoseResult first = frames.get(0).result();
    FacingOverTime facing = Angles.of(first.keypointSet()).overTime();
    List<FacingOverTime.Frame> out = new ArrayList<>();
    frames.forEach(frame -> out.addAll(facing.add(frame)));
    out.addAll(facing.finish());
    return out;
  }

  private static PoseFrame frame(int i, List<PersonPose> people) {
    Figure any =
        people.stream().anyMatch(p -> p.size() == 17)
            ? new Figure("coco", 17)
            : people.stream().anyMatch(p -> p.size() == 26)
                ? new Figure("halpe26", 26)
                : new Figure("coco_wholebody", 133);
    return new PoseFrame(
        i, i / RATE, new PoseResult(640, 480, "made up", Frame3d.CAMERA, any.set, people));
  }

  private static int changes(List<Facing> facings) {
    int changes = 0;
    for (int i = 1; i < facings.size(); i++) {
      changes += facings.get(i) != facings.get(i - 1) ? 1 : 0;
    }
    return changes;
  }
}
