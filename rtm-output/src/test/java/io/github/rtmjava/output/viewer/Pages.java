package io.github.rtmjava.output.viewer;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Pages of people made up for tests: whole bodies that stand beside each other and sway. */
final class Pages {
  static final KeypointSet SET = KeypointSet.of("coco_wholebody", 133);
  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  /** The body, feet apart, in metres from between the feet, y up; the rest is put around it. */
  private static final float[][] BODY = {
    {0, 1.62f},
    {0.03f, 1.66f},
    {-0.03f, 1.66f},
    {0.08f, 1.64f},
    {-0.08f, 1.64f},
    {0.19f, 1.42f},
    {-0.19f, 1.42f},
    {0.34f, 1.2f},
    {-0.34f, 1.2f},
    {0.45f, 1.0f},
    {-0.45f, 1.0f},
    {0.11f, 0.93f},
    {-0.11f, 0.93f},
    {0.13f, 0.5f},
    {-0.13f, 0.5f},
    {0.14f, 0.08f},
    {-0.14f, 0.08f},
    {0.18f, 0.02f},
    {0.14f, 0.02f},
    {0.13f, 0.03f},
    {-0.18f, 0.02f},
    {-0.14f, 0.02f},
    {-0.13f, 0.03f}
  };

  private static final double DISTANCE = 4;
  private static final double EYE_HEIGHT = 1.2;

  private Pages() {}

  static Recording recording(String name, int frames) {
    return new Recording(
        name,
        WIDTH,
        HEIGHT,
        frames > 1 ? 25 : 0,
        frames,
        "rtmw3d-x",
        Frame3d.CAMERA,
        SET,
        new Camera(560, 560, 320, 240, DISTANCE));
  }

  static Path write(Path target, String name, int frames, int people) throws IOException {
    return write(target, name, frames, people, ViewerOptions.defaults());
  }

  static Path write(Path target, String name, int frames, int people, ViewerOptions options)
      throws IOException {
    try (ViewerWriter writer = new ViewerWriter(recording(name, frames), target, options)) {
      for (int i = 0; i < frames; i++) {
        writer.write(frame(i, people));
      }
      writer.finish();
    }
    return target;
  }

  static PoseFrame frame(int index, int people) {
    return new PoseFrame(
        index,
        index / 25.0,
        new PoseResult(
            WIDTH,
            HEIGHT,
            "rtmw3d-x",
            Frame3d.CAMERA,
            SET,
            IntStream.range(0, people).mapToObj(i -> person(index, i, people)).toList()));
  }

  private static PersonPose person(int index, int number, int people) {
    List<float[]> xyz = new ArrayList<>();
    double sway = 0.12 * Math.sin(0.15 * index + number);
    double across = 1.1 * (number - (people - 1) / 2.0);
    for (int k = 0; k < SET.size(); k++) {
      double[] p = place(k);
      xyz.add(
          new float[] {
            (float) (across + p[0] + sway * p[1]),
            (float) (EYE_HEIGHT - p[1]),
            (float) (DISTANCE + 0.05 * number + (p[1] > 1.3 ? -0.05 : 0) + p[2])
          });
    }
    float[][] xy = new float[SET.size()][];
    float[] scores = new float[SET.size()];
    float[] box = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int k = 0; k < xy.length; k++) {
      float[] p = xyz.get(k);
      xy[k] = new float[] {320 + 560 * p[0] / p[2], 240 + 560 * p[1] / p[2]};
      scores[k] = k < 91 ? 0.9f : 0.6f;
      box[0] = Math.min(box[0], xy[k][0]);
      box[1] = Math.min(box[1], xy[k][1]);
      box[2] = Math.max(box[2], xy[k][0]);
      box[3] = Math.max(box[3], xy[k][1]);
    }
    return new PersonPose(
            new Box(box[0], box[1], box[2], box[3]), 0.95f, xy, xyz.toArray(float[][]::new), scores)
        .withId(number + 1);
  }

  /** Faces on an oval, hands as fans of five fingers. */
  private static double[] place(int k) {
    if (k < BODY.length) {
      return new double[] {BODY[k][0], BODY[k][1], 0};
    }
    if (k < 91) {
      double turn = 2 * Math.PI * (k - 23) / 68;
      return new double[] {0.07 * Math.sin(turn), 1.61 - 0.1 * Math.cos(turn), -0.03};
    }
    int side = k < 112 ? 1 : -1;
    int point = (k - 91) % 21;
    int wrist = side > 0 ? 9 : 10;
    if (point == 0) {
      return new double[] {BODY[wrist][0], BODY[wrist][1], 0};
    }
    int finger = (point - 1) / 4;
    int joint = (point - 1) % 4 + 1;
    return new double[] {
      BODY[wrist][0] + side * (0.01 * (finger - 2) + 0.02),
      BODY[wrist][1] - 0.03 * joint - 0.02,
      0.012 * (finger - 2)
    };
  }
}
