package io.github.rtmjava.output.viewer;

import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;

/** One person in the frames of a chunk. */
final class TrackChunk {
  private static final int INTERPOLATED = 1;

  /** 1/16 px, 0.5 mm, 0.02 degrees: below the noise of every model. */
  private static final float FINEST_PIXELS = 1 / 16f;

  private static final float FINEST_METRES = 0.0005f;
  private static final float FINEST_DEGREES = 0.02f;
  private static final int FIRST = 16;

  private final int id;
  private final int keypoints;
  private final int angles;
  private int size;
  private boolean depth;
  private int[] frames = new int[FIRST];
  private byte[] flags = new byte[FIRST];
  private float[] boxes = new float[5 * FIRST];
  private float[] scores;
  private float[] xy;
  private float[] xyz;
  private float[] degrees;

  TrackChunk(int id, int keypoints, int angles) {
    this.id = id;
    this.keypoints = keypoints;
    this.angles = angles;
    scores = new float[FIRST * keypoints];
    xy = new float[FIRST * 2 * keypoints];
    xyz = new float[FIRST * 3 * keypoints];
    degrees = new float[FIRST * angles];
  }

  /**
   * Adds a frame.
   *
   * @param frame within the chunk
   * @param points [K][3] or [0][]
   * @param ofAngles one number for each angle
   */
  void add(int frame, PersonPose person, float[][] points, float[] ofAngles) {
    if (size == frames.length) {
      grow(2 * size);
    }
    frames[size] = frame;
    flags[size] = (byte) (person.interpolated() ? INTERPOLATED : 0);
    System.arraycopy(person.bbox().toArray(), 0, boxes, 5 * size, 4);
    boxes[5 * size + 4] = person.bboxScore();
    System.arraycopy(person.scores(), 0, scores, size * keypoints, keypoints);
    put(person.keypoints(), 2, xy);
    if (points.length > 0) {
      depth = true;
      put(points, 3, xyz);
    } else {
      Arrays.fill(xyz, size * 3 * keypoints, (size + 1) * 3 * keypoints, Float.NaN);
    }
    System.arraycopy(ofAngles, 0, degrees, size * angles, angles);
    size++;
  }

  /** The person's part of a block of poses. */
  void poses(BlockBytes out) {
    head(out);
    out.int32(depth ? 1 : 0);
    for (int i = 0; i < size; i++) {
      out.int8(flags[i]);
    }
    for (int i = 0; i < 5 * size; i++) {
      out.float32(boxes[i]);
    }
    scores(out);
    columns(out, xy, 2 * keypoints, 2, FINEST_PIXELS);
    if (depth) {
      columns(out, xyz, 3 * keypoints, 3, FINEST_METRES);
    }
  }

  /** The person's part of a block of angles. */
  void angles(BlockBytes out) {
    head(out);
    columns(out, degrees, angles, 1, FINEST_DEGREES);
  }

  private void head(BlockBytes out) {
    out.int32(id);
    out.int32(size);
    for (int i = 0; i < size; i++) {
      out.int16(frames[i]);
    }
  }

  private void scores(BlockBytes out) {
    float largest = 0;
    for (int i = 0; i < size * keypoints; i++) {
      if (Float.isFinite(scores[i])) {
        largest = Math.max(largest, scores[i]);
      }
    }
    out.float32(largest);
    for (int k = 0; k < keypoints; k++) {
      int before = 0;
      for (int i = 0; i < size; i++) {
        float score = scores[i * keypoints + k];
        int code = score > 0 && largest > 0 ? Math.round(255 * (score / largest)) : 0;
        out.int8(code - before);
        before = code;
      }
    }
  }

  /**
   * The range of every axis, then the columns.
   *
   * @param stride numbers of a frame
   * @param axes how many of them share no range
   */
  private void columns(BlockBytes out, float[] values, int stride, int axes, float finest) {
    Column[] ranges = new Column[axes];
    for (int axis = 0; axis < axes; axis++) {
      ranges[axis] = Column.of(values, axis, axes, size * stride / axes, finest);
      out.float32(ranges[axis].low());
      out.float32(ranges[axis].step());
    }
    for (int shift = 0; shift <= 8; shift += 8) {
      for (int c = 0; c < stride; c++) {
        int before = 0;
        for (int i = 0; i < size; i++) {
          int code = ranges[c % axes].code(values[i * stride + c]);
          out.int8(Column.zigzag(code - before) >> shift);
          before = code;
        }
      }
    }
  }

  private void put(float[][] points, int axes, float[] into) {
    int at = size * axes * keypoints;
    for (float[] point : points) {
      System.arraycopy(point, 0, into, at, axes);
      at += axes;
    }
  }

  private void grow(int room) {
    frames = Arrays.copyOf(frames, room);
    flags = Arrays.copyOf(flags, room);
    boxes = Arrays.copyOf(boxes, 5 * room);
    scores = Arrays.copyOf(scores, room * keypoints);
    xy = Arrays.copyOf(xy, room * 2 * keypoints);
    xyz = Arrays.copyOf(xyz, room * 3 * keypoints);
    degrees = Arrays.copyOf(degrees, room * angles);
  }
}
