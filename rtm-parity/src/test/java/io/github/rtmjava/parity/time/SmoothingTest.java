package io.github.rtmjava.parity.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The filters on the truth of the clips with noise. */
class SmoothingTest {
  private static final double PIXELS = 3;
  private static final double METRES = 0.03;

  @Test
  void offlineBringsNoisyKeypointsCloserToTheTruth() throws IOException {
    List<TruthTrack> tracks = new ArrayList<>();
    for (String name : Clip.NAMES) {
      tracks.addAll(noisy(Clip.read(name)));
    }
    TruthTrack.Errors raw = TruthTrack.errors(tracks, UnaryOperator.identity());
    TruthTrack.Errors smooth = TruthTrack.errors(tracks, Smoothing.offline(SmoothOptions.OFFLINE));
    String why = raw.row("raw") + "\n" + smooth.row("smooth");
    assertTrue(smooth.pixels() < 0.8 * raw.pixels(), why);
    assertTrue(smooth.millimetres() < 0.8 * raw.millimetres(), why);
    assertTrue(smooth.jitter() < 0.4 * raw.jitter(), why);
    assertTrue(smooth.jitterMillimetres() < 0.4 * raw.jitterMillimetres(), why);
  }

  private static List<TruthTrack> noisy(Clip clip) {
    Random random = new Random(1);
    List<PoseResult> found = new ArrayList<>();
    for (Clip.Frame frame : clip.frames()) {
      List<PersonPose> people = new ArrayList<>();
      for (Clip.Person person : frame.people()) {
        float[] scores = new float[Clip.KEYPOINTS.size()];
        Arrays.fill(scores, 1);
        people.add(
            new PersonPose(
                person.box(),
                1,
                noisy(person.keypoints(), PIXELS, random),
                noisy(person.keypoints3d(), METRES, random),
                scores));
      }
      found.add(
          new PoseResult(
              clip.width(), clip.height(), "truth", Frame3d.CAMERA, Clip.KEYPOINTS, people));
    }
    return TruthTrack.of(clip, found);
  }

  private static float[][] noisy(float[][] points, double deviation, Random random) {
    float[][] out = new float[points.length][];
    for (int k = 0; k < out.length; k++) {
      out[k] = points[k].clone();
      for (int axis = 0; axis < out[k].length; axis++) {
        out[k][axis] += (float) (deviation * random.nextGaussian());
      }
    }
    return out;
  }
}
