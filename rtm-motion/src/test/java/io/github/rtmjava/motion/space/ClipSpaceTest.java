package io.github.rtmjava.motion.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.testing.Clip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of true skeletons with noise, beside the truth. */
class ClipSpaceTest {
  /** Standard deviation of the noise on every coordinate of 3D keypoints, in metres. */
  private static final double NOISE = 0.03;

  /** And on every coordinate of 2D keypoints, in pixels. */
  private static final double PIXELS = 2;

  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_01", "clip_02"})
  void theFloorIsWhereItIs(String name) throws IOException {
    Clip clip = Clip.read(name);
    GroundEstimator estimator =
        GroundEstimator.of(clip.frames().get(0).result().keypointSet(), 0).orElseThrow();
    Random random = new Random(1);
    for (PoseFrame frame : clip.frames()) {
      List<PersonPose> noisy = new ArrayList<>();
      for (PersonPose person : frame.result().persons()) {
        noisy.add(person.withKeypoints3d(noisy(person.keypoints3d(), NOISE, random)));
      }
      estimator.add(frame.with(frame.result().with(noisy)));
    }

    WorldPose pose = estimator.estimate().orElseThrow();

    report(
        "%s: pitch %.1f (true %.1f), roll %.1f, height %.3f (true %.3f)"
            .formatted(
                name, pose.pitch(), clip.pitch(), pose.roll(), pose.height(), clip.cameraHeight()));
    assertEquals(clip.pitch(), pose.pitch(), 3);
    assertEquals(0, pose.roll(), 3);
    assertEquals(clip.cameraHeight(), pose.height(), 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_01", "clip_02"})
  void aKnownHeightTellsTheDepthOfTheRoot(String name) throws IOException {
    Clip clip = Clip.read(name);
    for (List<PersonPose> track : tracks(clip).values()) {
      double height = height(clip, track);
      RootDepth estimator =
          RootDepth.of(clip.frames().get(0).result().keypointSet(), height, 0).orElseThrow();
      Random random = new Random(1);
      double[] errors = new double[track.size()];
      double[] nominal = new double[track.size()];
      double[] jitter = new double[track.size()];
      for (int i = 0; i < errors.length; i++) {
        PersonPose truth = track.get(i);
        double depth = root(truth)[2];
        PersonPose seen =
            truth
                .withKeypoints(noisy(truth.keypoints(), PIXELS, random))
                .withKeypoints3d(noisy(truth.keypoints3d(), NOISE, random));
        double found = estimator.metres(seen, clip.camera()).orElseThrow();
        errors[i] = Math.abs(found - depth);
        jitter[i] = (found - depth) / depth;
        nominal[i] = Math.abs(clip.camera().rootDepth() - depth);
      }
      double mean = Arrays.stream(errors).average().orElseThrow();
      report(
          "%s, height %.2f m: root depth wrong by %.3f m on average, bias %.1f%% (nominal %.3f m)"
              .formatted(
                  name,
                  height,
                  mean,
                  100 * Arrays.stream(jitter).average().orElseThrow(),
                  Arrays.stream(nominal).average().orElseThrow()));
      assertTrue(mean < 0.25, "%s m".formatted(mean));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_01", "clip_02"})
  void theProjectionTellsWhereASkeletonIs(String name) throws IOException {
    Clip clip = Clip.read(name);
    Random random = new Random(1);
    List<Double> errors = new ArrayList<>();
    for (List<PersonPose> track : tracks(clip).values()) {
      for (PersonPose truth : track) {
        double[] root = root(truth);
        float[][] xyz = noisy(truth.keypoints3d(), NOISE, random);
        for (float[] p : xyz) {
          for (int axis = 0; axis < 3; axis++) {
            p[axis] -= (float) root[axis];
          }
        }
        float[] weights = new float[xyz.length];
        Arrays.fill(weights, 0, 17, 1);
        float[] found =
            Translation.fit(xyz, noisy(truth.keypoints(), PIXELS, random), weights, clip.camera())
                .orElseThrow();
        errors.add(Math.abs(found[2] - root[2]));
      }
    }
    double mean = errors.stream().mapToDouble(e -> e).average().orElseThrow();
    report("%s: root depth by projection wrong by %.3f m on average".formatted(name, mean));
    assertTrue(mean < 0.15, "%s m".formatted(mean));
  }

  @ParameterizedTest
  @CsvSource({
    "clip_00, 0.03, 0.03", "clip_01, 0.03, 0.03", "clip_02, 0.03, 0.03",
    "clip_00, 0.01, 0.06", "clip_01, 0.01, 0.06", "clip_02, 0.01, 0.06"
  })
  void bonesOfOneLengthAreNearerTheTruth(String name, double across, double depth)
      throws IOException {
    Clip clip = Clip.read(name);
    double before = 0;
    double after = 0;
    int people = 0;
    for (List<PersonPose> track : tracks(clip).values()) {
      Random random = new Random(1);
      List<PersonPose> noisy = new ArrayList<>();
      BoneLengths bones =
          BoneLengths.of(clip.frames().get(0).result().keypointSet(), 0).orElseThrow();
      for (PersonPose person : track) {
        float[][] xyz = noisy(person.keypoints3d(), across, random);
        for (float[] p : xyz) {
          p[2] += (float) (Math.sqrt(depth * depth - across * across) * random.nextGaussian());
        }
        noisy.add(person.withKeypoints3d(xyz));
        bones.add(noisy.get(noisy.size() - 1));
      }
      for (int i = 0; i < track.size(); i++) {
        before += error(track.get(i), noisy.get(i));
        after += error(track.get(i), bones.correct(noisy.get(i)));
      }
      people += track.size();
    }
    report(
        "%s, noise of %.0f mm across and %.0f mm along: MPJPE of 17 %.1f mm, corrected %.1f mm"
            .formatted(name, 1000 * across, 1000 * depth, before / people, after / people));
    assertTrue(after < before, "%s, %s".formatted(before, after));
  }

  private static void report(String line) {
    System.getLogger(ClipSpaceTest.class.getName()).log(System.Logger.Level.INFO, line);
  }

  private static Map<Integer, List<PersonPose>> tracks(Clip clip) {
    Map<Integer, List<PersonPose>> tracks = new TreeMap<>();
    for (PoseFrame frame : clip.frames()) {
      for (PersonPose person : frame.result().persons()) {
        tracks.computeIfAbsent(person.id().orElseThrow(), id -> new ArrayList<>()).add(person);
      }
    }
    return tracks;
  }

  /** Eyes at their highest above the floor, which are at 0.936 of the height. */
  private static double height(Clip clip, List<PersonPose> track) {
    WorldPose world = WorldPose.level(clip.pitch(), clip.cameraHeight());
    double highest = 0;
    for (PersonPose person : track) {
      float[][] xyz = world.apply(person).keypoints3d();
      highest = Math.max(highest, (xyz[1][2] + xyz[2][2]) / 2);
    }
    return highest / 0.936;
  }

  private static double[] root(PersonPose person) {
    return Landmarks.middle(person.keypoints3d(), new int[] {11, 12});
  }

  /** Millimetres after both roots are put into one place. */
  private static double error(PersonPose truth, PersonPose found) {
    double[] a = root(truth);
    double[] b = root(found);
    double sum = 0;
    for (int i = 0; i < 17; i++) {
      double[] p = Vec.minus(Vec.of(truth.keypoints3d()[i]), a);
      double[] q = Vec.minus(Vec.of(found.keypoints3d()[i]), b);
      sum += 1000 * Vec.length(Vec.minus(p, q)) / 17;
    }
    return sum;
  }

  private static float[][] noisy(float[][] points, double sigma, Random random) {
    for (float[] p : points) {
      for (int axis = 0; axis < p.length; axis++) {
        p[axis] += (float) (sigma * random.nextGaussian());
      }
    }
    return points;
  }
}
