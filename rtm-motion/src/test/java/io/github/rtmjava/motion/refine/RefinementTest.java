package io.github.rtmjava.motion.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.testing.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefinementTest {
  private static final KeypointSet SET = KeypointSet.of("coco", 17);
  private static final Camera CAMERA = new Camera(800, 800, 320, 240, 4);
  private static final double RATE = 25;

  @TempDir Path folder;

  @Test
  void framesStayFramesAndNoFileIsLeft() throws IOException {
    try (PoseSpool raw = noisy(3, 0.02);
        Refinement refined = refine(raw, RefineOptions.DEFAULT)) {
      assertEquals(raw.size(), refined.size());
      for (int i = 0; i < raw.size(); i++) {
        assertEquals(raw.get(i).index(), refined.get(i).index());
        assertEquals(1, refined.get(i).result().size());
      }
    }
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void smoothPosesAreNearerToTheTruth() throws IOException {
    try (PoseSpool raw = noisy(3, 0.02);
        Refinement refined = refine(raw, RefineOptions.DEFAULT)) {
      assertTrue(error(refined) < 0.7 * error(raw), error(refined) + " m of " + error(raw));
    }
  }

  @Test
  void bonesGetOneLength() throws IOException {
    RefineOptions options = RefineOptions.DEFAULT.withBoneLengths(true);
    try (PoseSpool raw = noisy(4, 0.02);
        Refinement refined = refine(raw, options)) {
      double first = thigh(refined.get(0));
      for (int i = 0; i < refined.size(); i++) {
        assertEquals(first, thigh(refined.get(i)), 1e-4);
      }
      assertEquals(0.5, first, 0.02);
    }
  }

  @Test
  void aHeightTellsTheDistance() throws IOException {
    // Seen by a camera 3 m away, but placed where the camera's root depth says: at 4 m.
    RefineOptions options = RefineOptions.DEFAULT.withPersonHeight(1.8);
    try (PoseSpool raw = noisy(3, 0.002);
        Refinement refined = refine(raw, options)) {
      float[][] placed = refined.get(50).result().persons().get(0).keypoints3d();
      assertEquals(3, (placed[11][2] + placed[12][2]) / 2, 0.15);
    }
  }

  @Test
  void theWorldIsWhereTheCameraIsSaidToStand() throws IOException {
    WorldPose level = WorldPose.level(0, 1.2);
    RefineOptions options = RefineOptions.DEFAULT.withWorld(level).withFrame(Frame3d.WORLD);
    try (PoseSpool raw = noisy(4, 0);
        Refinement refined = refine(raw, options)) {
      assertEquals(Frame3d.WORLD, refined.recording().frame());
      PoseResult result = refined.get(50).result();
      assertEquals(Frame3d.WORLD, result.frame());
      float[][] world = result.persons().get(0).keypoints3d();
      assertEquals(4, world[11][1], 0.05);
      assertTrue(world[0][2] > world[15][2] + 1, "the head is above the feet");
    }
  }

  @Test
  void theFloorOfAClipIsFound() throws IOException {
    Clip clip = Clip.read("clip_00");
    Recording recording =
        new Recording(
            "clip_00",
            clip.width(),
            clip.height(),
            RATE,
            clip.frames().size(),
            clip.frames().get(0).result().model(),
            Frame3d.CAMERA,
            clip.frames().get(0).result().keypointSet(),
            clip.camera());
    try (PoseSpool raw = PoseSpool.in(folder)) {
      for (PoseFrame frame : clip.frames()) {
        raw.add(frame);
      }
      RefineOptions options = RefineOptions.DEFAULT.withFrame(Frame3d.WORLD);
      try (Refinement refined = Refinement.of(raw, recording, options, folder)) {
        WorldPose world = refined.world().orElseThrow();
        assertEquals(clip.pitch(), world.pitch(), 1.5);
        assertEquals(clip.cameraHeight(), world.height(), 0.1);
      }
    }
  }

  @Test
  void nobodyUprightIsNoFloor() throws IOException {
    try (PoseSpool raw = PoseSpool.in(folder)) {
      raw.add(frame(0, person(truth(0), 4)));
      IOException thrown =
          assertThrows(
              IOException.class,
              () -> refine(raw, RefineOptions.DEFAULT.withFrame(Frame3d.WORLD)).close());
      assertTrue(thrown.getMessage().contains("upright"), thrown.getMessage());
    }
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aModelWithoutDepthHasNoBones() throws IOException {
    Recording flat =
        new Recording("a", 640, 480, RATE, 0, "flat", Frame3d.CAMERA, SET, /* camera= */ null);
    try (PoseSpool raw = PoseSpool.in(folder)) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              Refinement.of(raw, flat, RefineOptions.DEFAULT.withBoneLengths(true), folder)
                  .close());
    }
  }

  private Refinement refine(PoseSpool raw, RefineOptions options) throws IOException {
    Recording recording =
        new Recording("a.mp4", 640, 480, RATE, raw.size(), "m", Frame3d.CAMERA, SET, CAMERA);
    return Refinement.of(raw, recording, options, folder);
  }

  /** Somebody of 1.8 m who sways at a distance, as a network sees them. */
  private PoseSpool noisy(double distance, double noise) throws IOException {
    Random random = new Random(3);
    PoseSpool spool = PoseSpool.in(folder);
    for (int i = 0; i < 120; i++) {
      double[][] body = truth(i);
      for (double[] p : body) {
        for (int axis = 0; axis < 3; axis++) {
          p[axis] += noise * random.nextGaussian();
        }
      }
      spool.add(frame(i, person(body, distance)));
    }
    return spool;
  }

  /** Metres from the hips: x right, y down, z forward. */
  private static double[][] truth(int frame) {
    double sway = 0.1 * Math.sin(2 * Math.PI * frame / 50);
    double[][] p = new double[SET.size()][];
    for (int k = 0; k < p.length; k++) {
      String name = SET.points().get(k).name();
      double side = name.startsWith("left") ? 0.12 : name.startsWith("right") ? -0.12 : 0;
      double down =
          name.endsWith("ankle")
              ? 0.93
              : name.endsWith("knee")
                  ? 0.5
                  : name.endsWith("hip")
                      ? 0
                      : name.endsWith("shoulder")
                          ? -0.5
                          : name.endsWith("elbow") ? -0.2 : name.endsWith("wrist") ? 0.05 : -0.72;
      p[k] = new double[] {side + sway, down, 0};
    }
    return p;
  }

  /** As it looks from that distance, with depths relative to a root at the camera's. */
  private static PersonPose person(double[][] body, double distance) {
    float[][] xy = new float[body.length][];
    float[][] xyz = new float[body.length][];
    float[] scores = new float[body.length];
    Arrays.fill(scores, 1);
    for (int k = 0; k < body.length; k++) {
      double z = distance + body[k][2];
      xy[k] =
          new float[] {
            (float) (CAMERA.cx() + CAMERA.fx() * body[k][0] / z),
            (float) (CAMERA.cy() + CAMERA.fy() * body[k][1] / z)
          };
      xyz[k] = CAMERA.place(xy[k][0], xy[k][1], CAMERA.rootDepth() + body[k][2]);
    }
    return new PersonPose(new Box(100, 10, 500, 470), 0.9f, xy, xyz, scores).withId(1);
  }

  private static PoseFrame frame(int index, PersonPose person) {
    return new PoseFrame(
        index, index / RATE, new PoseResult(640, 480, "m", Frame3d.CAMERA, SET, List.of(person)));
  }

  private static double thigh(PoseFrame frame) {
    float[][] p = frame.result().persons().get(0).keypoints3d();
    return Math.hypot(Math.hypot(p[11][0] - p[13][0], p[11][1] - p[13][1]), p[11][2] - p[13][2]);
  }

  private double error(PoseSpool spool) throws IOException {
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < spool.size(); i++) {
      frames.add(spool.get(i));
    }
    return error(frames);
  }

  private double error(Refinement refined) throws IOException {
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < refined.size(); i++) {
      frames.add(refined.get(i));
    }
    return error(frames);
  }

  /** Mean distance in metres of keypoints from the truth as it looks at 3 m. */
  private static double error(List<PoseFrame> frames) {
    double sum = 0;
    for (int i = 0; i < frames.size(); i++) {
      float[][] found = frames.get(i).result().persons().get(0).keypoints3d();
      float[][] right = person(truth(i), 3).keypoints3d();
      for (int k = 0; k < found.length; k++) {
        sum +=
            Math.hypot(
                Math.hypot(found[k][0] - right[k][0], found[k][1] - right[k][1]),
                found[k][2] - right[k][2]);
      }
    }
    return sum / frames.size() / SET.size();
  }
}
