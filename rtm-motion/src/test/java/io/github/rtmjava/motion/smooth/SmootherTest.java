package io.github.rtmjava.motion.smooth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmootherTest {
  private static final double RATE = 25;
  private static final KeypointSet SET = KeypointSet.of("made up", 2);

  private final Smoother smoother = new Smoother(SmoothOptions.OFFLINE);

  @Test
  void movesKeypointsIn2dAnd3dTowardsTheTruth() {
    List<TrackSample> noisy = walk(200, 2);
    List<TrackSample> truth = walk(200, 0);
    List<TrackSample> smooth = smoother.smooth(noisy);
    assertTrue(error(smooth, truth, false) < 0.8 * error(noisy, truth, false));
    assertTrue(error(smooth, truth, true) < 0.8 * error(noisy, truth, true));
  }

  @Test
  void fillsShortGapsWithPeopleSaidToBeInterpolated() {
    List<TrackSample> track = new ArrayList<>(walk(50, 0));
    for (int i = 20; i < 24; i++) {
      track.set(i, track.get(i).with(null));
    }
    List<TrackSample> smooth = smoother.smooth(track);
    PersonPose made = pose(smooth, 22);
    assertTrue(made.interpolated());
    assertEquals(1, made.id().getAsInt());
    assertEquals(pose(walk(50, 0), 22).keypoints()[0][0], made.keypoints()[0][0], 0.5);
    assertTrue(!pose(smooth, 19).interpolated());
  }

  @Test
  void givesTheLowerOfTheScoresAcrossAGap() {
    List<TrackSample> track = new ArrayList<>(walk(10, 0));
    track.set(4, track.get(4).with(pose(track, 4).withScores(new float[] {0.9f, 0.4f})));
    track.set(5, track.get(5).with(null));
    track.set(6, track.get(6).with(pose(track, 6).withScores(new float[] {0.5f, 0.7f})));
    assertArrayEquals(new float[] {0.5f, 0.4f}, pose(smoother.smooth(track), 5).scores());
  }

  @Test
  void leavesLongGaps() {
    List<TrackSample> track = new ArrayList<>(walk(60, 0));
    for (int i = 20; i < 40; i++) {
      track.set(i, track.get(i).with(null));
    }
    assertNull(smoother.smooth(track).get(30).pose());
  }

  @Test
  void replacesKeypointsOfLowScoreByTheirNeighbours() {
    List<TrackSample> track = new ArrayList<>(walk(50, 0));
    PersonPose wrong = pose(track, 25);
    track.set(
        25,
        track
            .get(25)
            .with(
                wrong
                    .withKeypoints(new float[][] {{0, 0}, wrong.keypoints()[1]})
                    .withScores(new float[] {0.1f, 0.9f})));
    float x = pose(smoother.smooth(track), 25).keypoints()[0][0];
    assertEquals(wrong.keypoints()[0][0], x, 0.5);
  }

  @Test
  void keepsKeypointsThatAreNeverSure() {
    List<TrackSample> track = new ArrayList<>();
    for (TrackSample sample : walk(50, 0)) {
      track.add(sample.with(pose(List.of(sample), 0).withScores(new float[] {0.1f, 0.1f})));
    }
    float[][] found = pose(smoother.smooth(track), 25).keypoints();
    assertEquals(pose(track, 25).keypoints()[0][0], found[0][0], 0.5);
  }

  @Test
  void removesASingleWrongValue() {
    List<TrackSample> track = new ArrayList<>(walk(50, 0));
    PersonPose right = pose(track, 25);
    float[][] points = right.keypoints();
    points[0][0] += 150;
    track.set(25, track.get(25).with(right.withKeypoints(points)));
    assertEquals(right.keypoints()[0][0], pose(smoother.smooth(track), 25).keypoints()[0][0], 0.5);
  }

  @Test
  void aWindowWithItsMarginIsExact() {
    List<TrackSample> track = new ArrayList<>(walk(1000, 2));
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      if (random.nextInt(10) == 0) {
        track.set(i, track.get(i).with(null));
      }
    }
    List<TrackSample> whole = smoother.smooth(track);
    int margin = smoother.margin(RATE);
    List<TrackSample> part = smoother.smooth(track.subList(400 - margin, 600 + margin));
    for (int i = 400; i < 600; i++) {
      PersonPose expected = pose(whole, i);
      PersonPose found = pose(part, i - 400 + margin);
      assertEquals(expected.keypoints()[0][0], found.keypoints()[0][0], 1e-4f);
      assertEquals(expected.keypoints3d()[1][2], found.keypoints3d()[1][2], 1e-6f);
      assertEquals(expected.bbox().x2(), found.bbox().x2(), 1e-4f);
    }
  }

  @Test
  void takesTracksWithoutAnybody() {
    List<TrackSample> nobody = List.of(new TrackSample(0, 0, null), new TrackSample(1, 1, null));
    assertEquals(nobody, smoother.smooth(nobody));
    assertEquals(List.of(), smoother.smooth(List.of()));
  }

  @Test
  void changesNothingWhereNothingIsAsked() {
    SmoothOptions none = SmoothOptions.of(SmoothKind.NONE).withMaxGap(0).withOutliers(false);
    List<TrackSample> track = walk(20, 2);
    List<TrackSample> out = new Smoother(none).smooth(track);
    assertArrayEquals(pose(track, 7).keypoints(), pose(out, 7).keypoints());
    assertEquals(pose(track, 7).bbox(), pose(out, 7).bbox());
  }

  @Test
  void liveTakesMostOfTheJitter() {
    LiveSmoother live = new LiveSmoother(SmoothOptions.LIVE);
    List<TrackSample> noisy = walk(200, 2);
    List<TrackSample> smooth = new ArrayList<>();
    for (TrackSample sample : noisy) {
      PoseResult result = live.step(sample.time(), result(pose(List.of(sample), 0)));
      smooth.add(sample.with(result.persons().get(0)));
    }
    assertTrue(jitter(smooth) < 0.6 * jitter(noisy), jitter(smooth) + ": " + jitter(noisy));
  }

  @Test
  void liveBeginsAnewAfterSomebodyWasAway() {
    LiveSmoother live = new LiveSmoother(SmoothOptions.LIVE);
    PersonPose here = pose(walk(1, 0), 0);
    PersonPose there = here.withKeypoints(new float[][] {{500, 500}, {600, 600}});
    live.step(0, result(here));
    live.step(0.04, result(here));
    PersonPose again = live.step(9, result(there)).persons().get(0);
    assertArrayEquals(there.keypoints(), again.keypoints());
  }

  @Test
  void liveLeavesPeopleWithoutAnId() {
    LiveSmoother live = new LiveSmoother(SmoothOptions.LIVE);
    PersonPose nobody =
        new PersonPose(
            new Box(0, 0, 10, 10), 1, new float[2][2], new float[0][], new float[] {1, 1});
    assertSame(nobody, live.step(0, result(nobody)).persons().get(0));
  }

  @Test
  void liveRefusesWhatLooksAhead() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LiveSmoother(SmoothOptions.of(SmoothKind.GAUSSIAN)));
  }

  private static PoseResult result(PersonPose person) {
    return new PoseResult(640, 480, "made up", Frame3d.CAMERA, SET, List.of(person));
  }

  private static PersonPose pose(List<TrackSample> track, int at) {
    PersonPose pose = track.get(at).pose();
    assertNotNull(pose);
    return pose;
  }

  /**
   * Two keypoints of somebody who walks to and fro, with noise in pixels and hundredths of metres.
   */
  private static List<TrackSample> walk(int frames, double noise) {
    Random random = new Random(6);
    return IntStream.range(0, frames)
        .mapToObj(
            i -> {
              float x = (float) (300 + 100 * Math.sin(i / 20.0));
              float[][] points = {{x, 100}, {x + 20, 300}};
              float[][] points3d = {{x / 200, 0, 3}, {x / 200, 1, 3}};
              for (int k = 0; k < 2; k++) {
                for (int axis = 0; axis < 3; axis++) {
                  points3d[k][axis] += (float) (0.01 * noise * random.nextGaussian());
                  if (axis < 2) {
                    points[k][axis] += (float) (noise * random.nextGaussian());
                  }
                }
              }
              Box box = new Box(x - 30, 80, x + 50, 320);
              return new TrackSample(
                  i,
                  i / RATE,
                  new PersonPose(box, 1, points, points3d, new float[] {0.9f, 0.9f}).withId(1));
            })
        .toList();
  }

  private static double error(List<TrackSample> one, List<TrackSample> other, boolean in3d) {
    double sum = 0;
    for (int i = 0; i < one.size(); i++) {
      float[][] a = in3d ? pose(one, i).keypoints3d() : pose(one, i).keypoints();
      float[][] b = in3d ? pose(other, i).keypoints3d() : pose(other, i).keypoints();
      for (int axis = 0; axis < a[0].length; axis++) {
        sum += Math.pow((double) a[0][axis] - b[0][axis], 2);
      }
    }
    return Math.sqrt(sum / one.size());
  }

  private static double jitter(List<TrackSample> track) {
    double sum = 0;
    for (int i = 2; i < track.size(); i++) {
      double second =
          pose(track, i).keypoints()[0][0]
              - 2 * pose(track, i - 1).keypoints()[0][0]
              + pose(track, i - 2).keypoints()[0][0];
      sum += second * second;
    }
    return Math.sqrt(sum);
  }
}
