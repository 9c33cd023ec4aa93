package io.github.rtmjava.pose;

import io.github.rtmjava.files.Unfinished;
import io.github.rtmjava.geometry.Frame3d;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames kept in a temporary file, in their order, to be read again from any place: what needs the
 * whole of a long video reads it from here, piece by piece. Values come back bit by bit as they
 * were; eight bytes for each frame stay in memory.
 *
 * <p>For one thread at a time. The file vanishes when this is closed.
 */
public final class PoseSpool implements AutoCloseable {
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
    reserve(PoseBytes.most(result));
    PoseBytes.put(poses, buffer);
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
    return PoseBytes.get(buffer, model, frame, set);
  }

  @Override
  public void close() throws IOException {
    try (file) {
      channel.close();
    }
  }

  private long end(int n) {
    return n == 0 ? 0 : ends[n - 1];
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
