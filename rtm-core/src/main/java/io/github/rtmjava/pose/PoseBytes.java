package io.github.rtmjava.pose;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames as bytes, to be kept in a file or sent to another process of the same version. Values come
 * back bit by bit as they were; what all frames of a recording have in common is not among them.
 */
public final class PoseBytes {
  private static final int HEADER = Long.BYTES + Double.BYTES + 3 * Integer.BYTES;
  private static final int WITH_DEPTH = 1;
  private static final int WITH_VISIBILITIES = 2;
  private static final int WITH_HANDS = 4;
  private static final int INTERPOLATED = 8;

  private PoseBytes() {}

  /** Bytes that a frame takes at most. */
  public static int most(PoseResult result) {
    return HEADER + result.size() * mostBytes(result.keypointSet().size());
  }

  /** Puts a frame into a buffer that has room for it. */
  public static void put(PoseFrame poses, ByteBuffer buffer) {
    PoseResult result = poses.result();
    buffer.putLong(poses.index()).putDouble(poses.time());
    buffer.putInt(result.width()).putInt(result.height()).putInt(result.size());
    result.persons().forEach(person -> put(person, buffer));
  }

  /** A frame by itself, in the order of bytes of networks. */
  public static byte[] of(PoseFrame poses) {
    ByteBuffer buffer = ByteBuffer.allocate(most(poses.result()));
    put(poses, buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /**
   * Reads a frame that {@link #of} made.
   *
   * @param recording what it is of
   */
  public static PoseFrame read(byte[] bytes, Recording recording) {
    return get(
        ByteBuffer.wrap(bytes), recording.model(), recording.frame(), recording.keypointSet());
  }

  /**
   * Takes a frame out of a buffer.
   *
   * @param model of all frames
   * @param frame of the 3D keypoints of all frames
   * @param set of all frames
   */
  static PoseFrame get(ByteBuffer buffer, String model, Frame3d frame, KeypointSet set) {
    long index = buffer.getLong();
    double time = buffer.getDouble();
    int width = buffer.getInt();
    int height = buffer.getInt();
    int people = buffer.getInt();
    List<PersonPose> persons = new ArrayList<>(people);
    for (int i = 0; i < people; i++) {
      persons.add(person(set.size(), buffer));
    }
    return new PoseFrame(index, time, new PoseResult(width, height, model, frame, set, persons));
  }

  private static void put(PersonPose person, ByteBuffer buffer) {
    float[][] depth = person.keypoints3d();
    float[] scores = person.scores();
    float[] visibilities = person.visibilities();
    boolean visible = !Arrays.equals(scores, visibilities);
    buffer.putInt(person.id().orElse(0));
    buffer.putInt(
        (depth.length > 0 ? WITH_DEPTH : 0)
            | (visible ? WITH_VISIBILITIES : 0)
            | (person.hands().isPresent() ? WITH_HANDS : 0)
            | (person.interpolated() ? INTERPOLATED : 0));
    put(person.bbox().toArray(), buffer);
    buffer.putFloat(person.bboxScore());
    put(scores, buffer);
    for (float[] point : person.keypoints()) {
      put(point, buffer);
    }
    for (float[] point : depth) {
      put(point, buffer);
    }
    if (visible) {
      put(visibilities, buffer);
    }
    person
        .hands()
        .ifPresent(
            hands ->
                buffer
                    .putInt((hands.right() ? 1 : 0) | (hands.left() ? 2 : 0))
                    .putFloat(hands.rightScore())
                    .putFloat(hands.leftScore())
                    .putFloat(hands.relativeRootDepth()));
  }

  private static PersonPose person(int size, ByteBuffer buffer) {
    int id = buffer.getInt();
    int flags = buffer.getInt();
    float[] box = floats(4, buffer);
    float boxScore = buffer.getFloat();
    float[] scores = floats(size, buffer);
    float[][] keypoints = rows(size, 2, buffer);
    float[][] depth = rows((flags & WITH_DEPTH) != 0 ? size : 0, 3, buffer);
    float[] visibilities = (flags & WITH_VISIBILITIES) != 0 ? floats(size, buffer) : scores;
    Box bbox = new Box(box[0], box[1], box[2], box[3]);
    PersonPose person;
    if ((flags & WITH_HANDS) != 0) {
      int there = buffer.getInt();
      Hands hands =
          new Hands(
              (there & 1) != 0,
              (there & 2) != 0,
              buffer.getFloat(),
              buffer.getFloat(),
              buffer.getFloat());
      person = new PersonPose(bbox, boxScore, keypoints, depth, scores, hands);
    } else {
      person = new PersonPose(bbox, boxScore, keypoints, depth, scores, visibilities);
    }
    if (id != 0) {
      person = person.withId(id);
    }
    return (flags & INTERPOLATED) != 0 ? person.asInterpolated() : person;
  }

  private static void put(float[] values, ByteBuffer buffer) {
    for (float value : values) {
      buffer.putFloat(value);
    }
  }

  private static float[] floats(int size, ByteBuffer buffer) {
    float[] out = new float[size];
    for (int i = 0; i < size; i++) {
      out[i] = buffer.getFloat();
    }
    return out;
  }

  private static float[][] rows(int count, int size, ByteBuffer buffer) {
    float[][] out = new float[count][];
    for (int i = 0; i < count; i++) {
      out[i] = floats(size, buffer);
    }
    return out;
  }

  /** Bytes of a person of whom everything is known. */
  private static int mostBytes(int size) {
    return 2 * Integer.BYTES + 5 * Float.BYTES + 7 * size * Float.BYTES + 4 * Float.BYTES;
  }
}
