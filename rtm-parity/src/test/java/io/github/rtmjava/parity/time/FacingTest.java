package io.github.rtmjava.parity.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which side people look, and the signs of their knees, against the truth of the clips. */
@Timeout(120)
class FacingTest {
  /** Who turns by less than this towards a side is seen from the front or the back. */
  private static final double ACROSS = 0.5;

  private static final double PIXELS = 3;

  /** The share of frames in which a foot is taken for its own mirror image, as models do. */
  private static final double REVERSED_FEET = 0.15;

  private static final int[][] FEET = {{17, 19}, {20, 22}};

  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_02"})
  void peopleWhoMoveAcrossLookWhereTheTruthSays(String name) throws IOException {
    Clip clip = Clip.read(name);
    Angles angles = Angles.of(Clip.KEYPOINTS);
    int knee = angles.list().indexOf(BodyAngle.RIGHT_KNEE);
    FacingOverTime overTime = angles.overTime();
    List<FacingOverTime.Frame> found = new ArrayList<>();
    for (PoseFrame frame : disturbed(clip)) {
      found.addAll(overTime.add(frame));
    }
    found.addAll(overTime.finish());
    assertEquals(clip.frames().size(), found.size());

    int across = 0;
    int wrong = 0;
    int wrongAlone = 0;
    Map<Integer, Integer> turns = new HashMap<>();
    Map<Integer, Integer> trueTurns = new HashMap<>();
    Map<Integer, Facing> before = new HashMap<>();
    Map<Integer, Facing> trueBefore = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      List<Clip.Person> truth = clip.frames().get(i).people();
      for (int p = 0; p < truth.size(); p++) {
        double side = side(truth.get(p));
        if (Math.abs(side) < ACROSS) {
          continue;
        }
        Facing expected = side > 0 ? Facing.RIGHT : Facing.LEFT;
        Facing seen = found.get(i).facings().get(p);
        PersonPose person = found.get(i).poses().result().persons().get(p);
        across++;
        wrong += seen == expected ? 0 : 1;
        float alone = angles.degrees2d(person)[knee];
        float right = angles.degrees2d(person, expected)[knee];
        wrongAlone += alone == right ? 0 : 1;
        count(turns, before, truth.get(p).id(), seen);
        count(trueTurns, trueBefore, truth.get(p).id(), expected);
      }
    }
    assertTrue(across > 100, "only " + across + " people move across the view");
    assertTrue(wrongAlone > 0, "single frames are right anyway: nothing is shown");
    assertEquals(0, wrong, "of " + across + ", by single frames " + wrongAlone);
    assertEquals(trueTurns, turns);
  }

  private static void count(
      Map<Integer, Integer> turns, Map<Integer, Facing> before, int id, Facing now) {
    Facing last = before.put(id, now);
    turns.merge(id, last == null || last == now ? 0 : 1, Integer::sum);
  }

  /** How far somebody's front points to the right of the picture, -1 to 1. */
  private static double side(Clip.Person person) {
    float[][] p = person.keypoints3d();
    double[] right = new double[3];
    double[] up = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      right[axis] = p[12][axis] - p[11][axis];
      up[axis] = p[5][axis] + p[6][axis] - p[11][axis] - p[12][axis];
    }
    double x = up[1] * right[2] - up[2] * right[1];
    double y = up[2] * right[0] - up[0] * right[2];
    double z = up[0] * right[1] - up[1] * right[0];
    return x / Math.sqrt(x * x + y * y + z * z);
  }

  private static List<PoseFrame> disturbed(Clip clip) {
    Random random = new Random(1);
    List<PoseFrame> frames = new ArrayList<>();
    for (Clip.Frame frame : clip.frames()) {
      List<PersonPose> people = new ArrayList<>();
      for (Clip.Person person : frame.people()) {
        float[][] xy = new float[person.keypoints().length][];
        for (int k = 0; k < xy.length; k++) {
          xy[k] = person.keypoints()[k].clone();
          xy[k][0] += (float) (PIXELS * random.nextGaussian());
          xy[k][1] += (float) (PIXELS * random.nextGaussian());
        }
        for (int[] foot : FEET) {
          if (random.nextDouble() < REVERSED_FEET) {
            float[] toe = xy[foot[0]];
            xy[foot[0]] = xy[foot[1]];
            xy[foot[1]] = toe;
          }
        }
        float[] scores = new float[xy.length];
        Arrays.fill(scores, 1);
        people.add(
            new PersonPose(person.box(), 1, xy, new float[0][], scores).withId(person.id() + 1));
      }
      frames.add(
          new PoseFrame(
              frames.size(),
              frame.time(),
              new PoseResult(
                  clip.width(), clip.height(), "truth", Frame3d.CAMERA, Clip.KEYPOINTS, people)));
    }
    return frames;
  }
}
