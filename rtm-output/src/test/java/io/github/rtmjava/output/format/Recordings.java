package io.github.rtmjava.output.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Recordings to write: random ones, and the real motion of the rendered clips. */
public final class Recordings {
  public static final KeypointSet WHOLE = KeypointSet.of("coco_wholebody", 133);

  private Recordings() {}

  public static Recording recording(KeypointSet set) {
    return new Recording(
        "walk.mp4", 640, 480, 25, 0, "tiny", Frame3d.CAMERA, set, Camera.nominal(640, 480));
  }

  /** One of a model without depth. */
  public static Recording flat(KeypointSet set) {
    return new Recording("walk.mp4", 640, 480, 25, 0, "flat", Frame3d.CAMERA, set, null);
  }

  /**
   * Up to three people with random keypoints, who come and go; frames are left out, and times are
   * uneven.
   */
  public static List<PoseFrame> random(Recording recording, long seed) {
    Random random = new Random(seed);
    List<PoseFrame> frames = new ArrayList<>();
    long index = random.nextInt(3);
    double time = random.nextDouble();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      List<PersonPose> people = new ArrayList<>();
      for (int id = 3; id > 0; id--) {
        if (random.nextInt(3) > 0) {
          people.add(person(recording, random).withId(id));
        }
      }
      frames.add(frame(recording, index, time, people));
      index += 1 + random.nextInt(3);
      time += 0.01 + 0.1 * random.nextDouble();
    }
    return frames;
  }

  public static PoseFrame frame(
      Recording recording, long index, double time, List<PersonPose> people) {
    return new PoseFrame(
        index,
        time,
        new PoseResult(
            recording.width(),
            recording.height(),
            recording.model(),
            recording.frame(),
            recording.keypointSet(),
            people));
  }

  /** The ids of all people. */
  public static SortedSet<Integer> ids(List<PoseFrame> frames) {
    SortedSet<Integer> ids = new TreeSet<>();
    for (PoseFrame frame : frames) {
      frame.result().persons().forEach(person -> ids.add(person.id().orElseThrow()));
    }
    return ids;
  }

  /** To which side everybody looks. */
  public static List<FacingOverTime.Frame> faced(List<PoseFrame> frames) {
    FacingOverTime overTime = Angles.of(frames.get(0).result().keypointSet()).overTime();
    List<FacingOverTime.Frame> out = new ArrayList<>();
    frames.forEach(frame -> out.addAll(overTime.add(frame)));
    out.addAll(overTime.finish());
    return out;
  }

  /** The place of the first frame in which a person is. */
  public static int first(List<PoseFrame> frames, int id) {
    int first = 0;
    while (find(frames.get(first), id).isEmpty()) {
      first++;
    }
    return first;
  }

  public static Optional<PersonPose> find(PoseFrame frame, int id) {
    return frame.result().persons().stream()
        .filter(person -> person.id().orElseThrow() == id)
        .findFirst();
  }

  /** Somebody with random keypoints, of which some were not found. */
  public static PersonPose person(Recording recording, Random random) {
    int size = recording.keypointSet().size();
    float[][] flat = new float[size][2];
    float[][] deep = new float[recording.camera() == null ? 0 : size][3];
    float[] scores = new float[size];
    for (int k = 0; k < size; k++) {
      flat[k][0] = 640 * random.nextFloat();
      flat[k][1] = 480 * random.nextFloat();
      scores[k] = random.nextInt(8) == 0 ? 0 : 0.01f + 2 * random.nextFloat();
    }
    for (float[] point : deep) {
      point[0] = (float) random.nextGaussian();
      point[1] = (float) random.nextGaussian();
      point[2] = 5 + (float) random.nextGaussian();
    }
    return new PersonPose(
        new Box(random.nextFloat(), 2, 300, 400), random.nextFloat(), flat, deep, scores);
  }

  public static void write(String format, Recording recording, List<PoseFrame> frames, Path folder)
      throws IOException {
    try (PoseWriter writer = PoseFormats.of(format).open(recording, folder, "walk")) {
      for (PoseFrame frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
  }

  /** What is true of a rendered clip, whole bodies in the camera's frame. */
  public static List<PoseFrame> clip(String name, Recording recording) throws IOException {
    JsonNode clip;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(SharedData.path("clips/" + name + ".json.gz")))) {
      clip = new ObjectMapper().readTree(in);
    }
    List<PoseFrame> frames = new ArrayList<>();
    for (JsonNode frame : clip.get("frames")) {
      List<PersonPose> people = new ArrayList<>();
      for (JsonNode person : frame.get("people")) {
        float[] box = row(person.get("bbox"));
        float[][] deep = rows(person.get("keypoints_3d_camera_m"));
        float[] scores = new float[deep.length];
        Arrays.fill(scores, 1);
        people.add(
            new PersonPose(
                    new Box(box[0], box[1], box[2], box[3]),
                    1,
                    rows(person.get("keypoints")),
                    deep,
                    scores)
                .withId(1 + person.get("id").asInt()));
      }
      frames.add(
          frame(recording, frame.get("frame").asLong(), frame.get("time_s").asDouble(), people));
    }
    return frames;
  }

  private static float[][] rows(JsonNode rows) {
    float[][] out = new float[rows.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = row(rows.get(i));
    }
    return out;
  }

  private static float[] row(JsonNode row) {
    float[] out = new float[row.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) row.get(i).asDouble();
    }
    return out;
  }
}
