package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.FakeEngine;
import io.github.rtmjava.app.Pictures;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.motion.refine.Refinement;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.smooth.Smoother;
import io.github.rtmjava.motion.smooth.TrackSample;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.motion.track.Tracker;
import io.github.rtmjava.motion.track.TrackerOptions;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of people over time. */
final class FollowingSetters {
  private static final double STEP = 0.04;

  private FollowingSetters() {}

  static void add(Setters setters, Path folder) {
    follow(setters);
    track(setters);
    smooth(setters);
    refine(setters, folder);
  }

  private static void follow(Setters setters) {
    Class<FollowOptions> type = FollowOptions.class;
    FollowOptions usual = FollowOptions.DEFAULT;
    setters.add(
        type,
        "withDetectEvery(int)",
        () -> {
          follow(usual);
          assertEquals(8, sum(detections()));
          follow(usual.withDetectEvery(4));
          assertEquals(2, sum(detections()));
        });
    setters.add(
        type,
        "withTracker(TrackerOptions)",
        () -> {
          assertTrue(follow(usual).get(7).persons().get(0).id().isPresent());
          assertFalse(follow(usual.withTracker(null)).get(7).persons().get(0).id().isPresent());
        });
    setters.add(
        type,
        "withLive(boolean)",
        () -> {
          follow(usual);
          assertTrue(detections().stream().anyMatch(batch -> batch > 1), "frames wait together");
          follow(usual.withLive(true));
          assertTrue(detections().stream().allMatch(batch -> batch == 1), "each as it comes");
        });
    setters.add(
        type,
        "withEverybody(boolean)",
        () -> {
          assertEquals(1, followTwo(usual).get(7).size());
          assertEquals(2, followTwo(usual.withEverybody(true)).get(7).size());
        });
  }

  private static List<PoseResult> follow(FollowOptions options) throws IOException {
    return follow(options, Pictures.BRIGHT, /* single= */ false);
  }

  /** Two people, of whom a single one is looked for. */
  private static List<PoseResult> followTwo(FollowOptions options) throws IOException {
    return follow(options, Pictures.WHITE, /* single= */ true);
  }

  private static List<PoseResult> follow(FollowOptions options, int grey, boolean single)
      throws IOException {
    byte[] pixels = new byte[64 * 64 * 3];
    Arrays.fill(pixels, (byte) grey);
    Image image = Image.ofBgr(64, 64, pixels);
    FakeEngine.takeUses();
    try (PoseInferencer model =
            PoseInferencer.builder()
                .model("fake-pose")
                .detector("fake-detector")
                .engine("fake")
                .singlePerson(single)
                .build();
        Stream<Followed> followed =
            model.follow(
                IntStream.range(0, 8).mapToObj(i -> new VideoFrame(i, i * STEP, image)), options)) {
      return followed.map(each -> each.poses().result()).toList();
    }
  }

  private static List<Integer> detections() {
    return FakeEngine.takeUses().stream()
        .filter(use -> use.act() == FakeEngine.Act.RUN && use.network().equals("fake detector"))
        .map(FakeEngine.Use::count)
        .toList();
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static void track(Setters setters) {
    Class<TrackerOptions> type = TrackerOptions.class;
    TrackerOptions usual = TrackerOptions.DEFAULT;
    PersonPose person = Somebody.at(100);
    setters.add(
        type,
        "withMaxAge(double)",
        () -> {
          assertEquals(List.of(1), lastIds(usual, 1, person, null, person));
          assertEquals(List.of(2), lastIds(usual.withMaxAge(0.5), 1, person, null, person));
        });
    setters.add(
        type,
        "withMinHits(int)",
        () -> {
          assertEquals(List.of(1), lastIds(usual, STEP, person, person));
          assertEquals(List.of(), lastIds(usual.withMinHits(3), STEP, person, person));
          assertEquals(List.of(1), lastIds(usual.withMinHits(3), STEP, person, person, person));
        });
    setters.add(
        type,
        "withMinScore(double)",
        () -> {
          PersonPose unsure = Somebody.at(100, 0.3f, Somebody.SURE);
          assertEquals(List.of(), lastIds(usual, STEP, unsure));
          assertEquals(List.of(1), lastIds(usual.withMinScore(0.2), STEP, unsure));
        });
    setters.add(
        type,
        "withMinKeypointScore(double)",
        () -> {
          PersonPose faint = Somebody.at(100, Somebody.SURE, 0.2f);
          assertEquals(List.of(), lastIds(usual, STEP, faint));
          assertEquals(List.of(1), lastIds(usual.withMinKeypointScore(0.1), STEP, faint));
        });
    setters.add(
        type,
        "withMinSimilarity(double)",
        () -> {
          // Who is not sure goes on with an id where somebody was, and gets none elsewhere.
          PersonPose moved = Somebody.at(108, 0.3f, Somebody.SURE);
          assertEquals(List.of(1), lastIds(usual, STEP, person, moved));
          assertEquals(List.of(), lastIds(usual.withMinSimilarity(1), STEP, person, moved));
        });
    setters.add(
        type,
        "withDuplicate(double)",
        () -> {
          PoseResult twice = Somebody.found(person, Somebody.at(106, 0.8f, Somebody.SURE));
          assertEquals(List.of(1), ids(new Tracker(usual).step(0, twice)));
          assertEquals(List.of(1, 2), ids(new Tracker(usual.withDuplicate(1)).step(0, twice)));
        });
  }

  /** Ids in the last of several frames, of which some have nobody in them. */
  private static List<Integer> lastIds(
      TrackerOptions options, double step, @Nullable PersonPose... frames) {
    Tracker tracker = new Tracker(options);
    List<Integer> last = List.of();
    for (int i = 0; i < frames.length; i++) {
      PersonPose person = frames[i];
      PoseResult found = person == null ? Somebody.found() : Somebody.found(person);
      last = ids(tracker.step(i * step, found));
    }
    return last;
  }

  private static List<Integer> ids(PoseResult result) {
    return result.persons().stream().flatMap(p -> p.id().stream().boxed()).sorted().toList();
  }

  private static void smooth(Setters setters) {
    Class<SmoothOptions> type = SmoothOptions.class;
    SmoothOptions usual = SmoothOptions.OFFLINE;
    List<TrackSample> noisy = walk(100, 2, i -> i);
    setters.add(
        type,
        "withCutoff(double)",
        () -> assertTrue(unrest(noisy, usual.withCutoff(2)) < 0.7 * unrest(noisy, usual)));
    SmoothOptions savgol = SmoothOptions.of(SmoothKind.SAVGOL);
    setters.add(
        type,
        "withWindow(int)",
        () -> assertTrue(unrest(noisy, savgol.withWindow(21)) < 0.8 * unrest(noisy, savgol)));
    setters.add(
        type,
        "withBeta(double)",
        () -> {
          SmoothOptions live = SmoothOptions.LIVE;
          assertTrue(unrest(noisy, live) > 1.3 * unrest(noisy, live.withBeta(0)));
        });
    List<TrackSample> gap =
        walk(50, 0, sample -> within(sample, 20, 24) ? sample.with(null) : sample);
    setters.add(
        type,
        "withMaxGap(double)",
        () -> {
          assertNotNull(new Smoother(usual).smooth(gap).get(22).pose());
          assertNull(new Smoother(usual.withMaxGap(0)).smooth(gap).get(22).pose());
        });
    List<TrackSample> wrong =
        walk(50, 0, sample -> within(sample, 25, 26) ? moved(sample, 0.1f) : sample);
    SmoothOptions bare = SmoothOptions.of(SmoothKind.NONE).withOutliers(false);
    setters.add(
        type,
        "withMinScore(double)",
        () -> {
          assertEquals(0, mistake(wrong, bare), 1);
          assertEquals(90, mistake(wrong, bare.withMinScore(0.05)), 1);
        });
    List<TrackSample> outlier =
        walk(50, 0, sample -> within(sample, 25, 26) ? moved(sample, Somebody.SURE) : sample);
    setters.add(
        type,
        "withOutliers(boolean)",
        () -> {
          assertEquals(0, mistake(outlier, bare.withOutliers(true)), 1);
          assertEquals(90, mistake(outlier, bare), 1);
        });
  }

  private static boolean within(TrackSample sample, int from, int to) {
    return sample.index() >= from && sample.index() < to;
  }

  /** Somebody who walks to the right, by two pixels in each frame. */
  private static List<TrackSample> walk(
      int frames, double noise, UnaryOperator<TrackSample> change) {
    Random random = new Random(1);
    List<TrackSample> track = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      PersonPose person = Somebody.at(100 + 2 * i).withId(1);
      float[][] points = person.keypoints();
      for (float[] point : points) {
        point[0] += (float) (noise * random.nextGaussian());
      }
      track.add(change.apply(new TrackSample(i, i * STEP, person.withKeypoints(points))));
    }
    return track;
  }

  /** The same with the first keypoint 90 pixels too far to the right, and its score. */
  private static TrackSample moved(TrackSample sample, float score) {
    PersonPose person = pose(sample);
    float[][] points = person.keypoints();
    points[0][0] += 90;
    float[] scores = person.scores();
    scores[0] = score;
    return sample.with(person.withKeypoints(points).withScores(scores));
  }

  /** How far the first keypoint of the frame in the middle is from where it should be. */
  private static double mistake(List<TrackSample> track, SmoothOptions options) {
    TrackSample smooth = new Smoother(options).smooth(track).get(25);
    return pose(smooth).keypoints()[0][0] - (100 + 2 * 25);
  }

  /** Mean of how far keypoints are from the middle of where they were and will be. */
  private static double unrest(List<TrackSample> track, SmoothOptions options) {
    List<TrackSample> smooth = new Smoother(options).smooth(track);
    double sum = 0;
    for (int i = 10; i < smooth.size() - 10; i++) {
      float before = pose(smooth.get(i - 1)).keypoints()[5][0];
      float now = pose(smooth.get(i)).keypoints()[5][0];
      float after = pose(smooth.get(i + 1)).keypoints()[5][0];
      sum += Math.abs(now - (before + after) / 2);
    }
    return sum / (smooth.size() - 20);
  }

  private static PersonPose pose(TrackSample sample) {
    PersonPose pose = sample.pose();
    if (pose == null) {
      throw new AssertionError("nobody in frame " + sample.index());
    }
    return pose;
  }

  private static void refine(Setters setters, Path folder) {
    Class<RefineOptions> type = RefineOptions.class;
    RefineOptions usual = RefineOptions.DEFAULT;
    SmoothOptions none = SmoothOptions.of(SmoothKind.NONE).withOutliers(false);
    setters.add(
        type,
        "withSmoothing(SmoothOptions)",
        () -> {
          double raw = shin(folder, usual.withSmoothing(none));
          assertTrue(shin(folder, usual) < 0.8 * raw, "shins vary less");
        });
    setters.add(
        type,
        "withBoneLengths(boolean)",
        () -> {
          assertTrue(shin(folder, usual) > 1e-3);
          assertEquals(0, shin(folder, usual.withBoneLengths(true)), 1e-4);
        });
    setters.add(
        type,
        "withPersonHeight(Double)",
        () -> {
          double near = depth(folder, usual.withPersonHeight(1.0));
          assertEquals(2 * near, depth(folder, usual.withPersonHeight(2.0)), 0.1 * near);
        });
    RefineOptions world = usual.withFrame(Frame3d.WORLD).withWorld(WorldPose.level(0, 1));
    setters.add(
        type,
        "withWorld(WorldPose)",
        () ->
            assertEquals(
                0.5,
                height(folder, world.withWorld(WorldPose.level(0, 1.5))) - height(folder, world),
                1e-4));
    setters.add(
        type,
        "withFrame(Frame3d)",
        () -> {
          assertEquals(Frame3d.CAMERA, refined(folder, usual).frame());
          assertEquals(Frame3d.Z_UP, refined(folder, usual.withFrame(Frame3d.Z_UP)).frame());
        });
  }

  /** How much the length of a shin varies, in metres. */
  private static double shin(Path folder, RefineOptions options) throws IOException {
    List<Double> lengths = new ArrayList<>();
    for (PoseResult result : all(folder, options)) {
      float[][] points = result.keypoints3d()[0];
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += Math.pow(points[13][i] - points[15][i], 2);
      }
      lengths.add(Math.sqrt(sum));
    }
    double mean = lengths.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return lengths.stream().mapToDouble(l -> Math.abs(l - mean)).average().orElseThrow();
  }

  private static double depth(Path folder, RefineOptions options) throws IOException {
    return refined(folder, options).keypoints3d()[0][11][2];
  }

  private static double height(Path folder, RefineOptions options) throws IOException {
    return refined(folder, options).keypoints3d()[0][0][2];
  }

  private static PoseResult refined(Path folder, RefineOptions options) throws IOException {
    return all(folder, options).get(20);
  }

  private static List<PoseResult> all(Path folder, RefineOptions options) throws IOException {
    Recording recording =
        new Recording(
            "walk",
            640,
            480,
            1 / STEP,
            40,
            "made up",
            Frame3d.CAMERA,
            Somebody.SET,
            Somebody.CAMERA);
    Random random = new Random(1);
    try (PoseSpool raw = PoseSpool.in(folder)) {
      for (int i = 0; i < 40; i++) {
        PersonPose person = Somebody.standing(random).withId(1);
        raw.add(new PoseFrame(i, i * STEP, Somebody.found(person)));
      }
      List<PoseResult> results = new ArrayList<>();
      try (Refinement refined = Refinement.of(raw, recording, options, folder)) {
        for (int i = 0; i < refined.size(); i++) {
          results.add(refined.get(i).result());
        }
      }
      return results;
    }
  }
}
