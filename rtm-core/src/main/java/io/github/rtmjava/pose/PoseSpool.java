package io.github.rtmjava.pose;

import io.github.rtmjava.files.Unfinished;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames kept in a temporary file, in their order, to be read again from any place: what needs the
 * whole of a long video reads it from here, piece by piece. Values come back bit by bit as they
 * were; eight bytes for each frame stay in memory.
 *
 * <p>For one thread at a time. The file vanishes when this is closed.
 */
public final class PoseSpool implements AutoCloseable {
  private static final int HEADER = Long.BYTES + Double.BYTES + 2 * Integer.BYTES;
  private static final int WITH_DEPTH = 1;
  private static final int WITH_VISIBILITIES = 2;
  private static final int WITH_HANDS = 4;
  private static final int INTERPOLATED = 8;
  private static final int FIRST_BUFFER = 1 << 16;

  private final Unfinished file;
  private final FileChannel channel;
  private long[] ends = new long[1024];
  private int count;
  private ByteBuffer buffer = newBuffer(FIRST_BUFFER);
  private String model = "";
  private Frame3d frame = Frame3d.CAMERA;
  private @Nullable KeypointSet keypointSet;

  private PoseSpool(Unfinished file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** An empty one, whose file lies in an existing folder. */
  public static PoseSpool in(Path folder) throws IOException {
    Unfinished file = Unfinished.in(folder);
    try {
      return new PoseSpool(
          file,
          FileChannel.open(
              file.path(),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Number of frames. */
  public int size() {
    return count;
  }

  /** Bytes of the file. */
  public long bytes() {
    return end(count);
  }

  /**
   * Adds a frame at the end.
   *
   * @throws IllegalArgumentException if its model, keypoints or frame of 3D keypoints are not those
   *     of the frames before
   */
  public void add(PoseFrame poses) throws IOException {
    PoseResult result = poses.result();
    if (keypointSet == null) {
      model = result.model();
      frame = result.frame();
      keypointSet = result.keypointSet();
    } else if (!keypointSet.equals(result.keypointSet())
        || frame != result.frame()
        || !model.equals(result.model())) {
      throw new IllegalArgumentException(
          "expected poses of %s (%s, %s), found some of %s (%s, %s)"
              .formatted(
                  model,
                  keypointSet.name(),
                  frame.id(),
                  result.model(),
                  result.keypointSet().name(),
                  result.frame().id()));
    }
    reserve(HEADER + Integer.BYTES + result.size() * mostBytes(keypointSet.size()));
    buffer.putLong(poses.index()).putDouble(poses.time());
    buffer.putInt(result.width()).putInt(result.height()).putInt(result.size());
    result.persons().forEach(this::put);
    long at = end(count);
    long length = buffer.flip().limit();
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = at + length;
  }

  /**
   * A frame.
   *
   * @param n its place among those added, from 0 on
   */
  public PoseFrame get(int n) throws IOException {
    KeypointSet set = keypointSet;
    if (n < 0 || n >= count || set == null) {
      throw new IndexOutOfBoundsException(
          "expected one of %s frames, found %s".formatted(count, n));
    }
    long at = end(n);
    reserve(Math.toIntExact(ends[n] - at));
    buffer.limit(Math.toIntExact(ends[n] - at));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(file.path() + ": the temporary file was cut off");
      }
    }
    buffer.flip();
    long index = buffer.getLong();
    double time = buffer.getDouble();
    int width = buffer.getInt();
    int height = buffer.getInt();
    int people = buffer.getInt();
    List<PersonPose> persons = new ArrayList<>(people);
    for (int i = 0; i < people; i++) {
      persons.add(person(set.size()));
    }
    return new PoseFrame(index, time, new PoseResult(width, height, model, frame, set, persons));
  }

  @Override
  public void close() throws IOException {
    try (file) {
      channel.close();
    }
  }

  private void put(PersonPose person) {
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
    put(person.bbox().toArray());
    buffer.putFloat(person.bboxScore());
    put(scores);
    for (float[] point : person.keypoints()) {
      put(point);
    }
    for (float[] point : depth) {
      put(point);
    }
    if (visible) {
      put(visibilities);
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

  private PersonPose person(int size) {
    int id = buffer.getInt();
    int flags = buffer.getInt();
    float[] box = floats(4);
    float boxScore = buffer.getFloat();
    float[] scores = floats(size);
    float[][] keypoints = rows(size, 2);
    float[][] depth = rows((flags & WITH_DEPTH) != 0 ? size : 0, 3);
    float[] visibilities = (flags & WITH_VISIBILITIES) != 0 ? floats(size) : scores;
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

  private void put(float[] values) {
    for (float value : values) {
      buffer.putFloat(value);
    }
  }

  private float[] floats(int size) {
    float[] out = new float[size];
    for (int i = 0; i < size; i++) {
      out[i] = buffer.getFloat();
    }
    return out;
  }

  private float[][] rows(int count, int size) {
    float[][] out = new float[count][];
    for (int i = 0; i < count; i++) {
      out[i] = floats(size);
    }
    return out;
  }

  private long end(int n) {
    return n == 0 ? 0 : ends[n - 1];
  }

  /** Bytes of a person of whom everything is known. */
  private static int mostBytes(int size) {
    return 2 * Integer.BYTES + 5 * Float.BYTES + 7 * size * Float.BYTES + 4 * Float.BYTES;
  }

  private void reserve(int bytes) {
    if (buffer.capacity() < bytes) {
      buffer = newBuffer(Math.max(bytes, 2 * buffer.capacity()));
    }
    buffer.clear();
  }

  private static ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
