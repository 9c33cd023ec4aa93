package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All frames of a recording, kept on disk, person by person: what formats read that must know the
 * whole before they begin. In memory are 16 bytes for a frame and 8 for each person in it.
 */
public final class Tracks implements AutoCloseable {
  private final Recording recording;
  private final PoseSpool spool;
  private final Map<Integer, Track> tracks = new TreeMap<>();
  private long[] indices = new long[1024];
  private double[] times = new double[1024];
  private @Nullable PoseFrame read;
  private int readAt = -1;

  /** None yet; the temporary file lies in an existing folder. */
  Tracks(Recording recording, Path folder) throws IOException {
    this.recording = recording;
    spool = PoseSpool.in(folder);
  }

  void add(PoseFrame frame) throws IOException {
    int at = spool.size();
    spool.add(frame);
    if (at == indices.length) {
      indices = Arrays.copyOf(indices, 2 * at);
      times = Arrays.copyOf(times, 2 * at);
    }
    indices[at] = frame.index();
    times[at] = frame.time();
    int[] numbers = PersonNumbers.of(frame.result());
    for (int i = 0; i < numbers.length; i++) {
      tracks.computeIfAbsent(numbers[i], Track::new).add(at, i);
    }
  }

  /** Whose frames they are. */
  public Recording recording() {
    return recording;
  }

  /** How many frames there are. */
  public int frames() {
    return spool.size();
  }

  /** Index in its source of a frame. */
  public long index(int frame) {
    return indices[frame];
  }

  /** Time of a frame in seconds. */
  public double time(int frame) {
    return times[frame];
  }

  /** Everybody, by number. */
  public Collection<Track> all() {
    return tracks.values();
  }

  /** The person in the i-th of the frames in which the person is. */
  public PersonPose person(Track track, int i) throws IOException {
    int frame = track.frame(i);
    PoseFrame poses = read;
    if (poses == null || frame != readAt) {
      poses = spool.get(frame);
      read = poses;
      readAt = frame;
    }
    return poses.result().persons().get(track.place(i));
  }

  /**
   * Frames in a second, on average, for formats that know no other times; what the source says
   * where there is one frame only, or 1 if it says nothing.
   */
  public double rate() {
    int last = frames() - 1;
    double seconds = last > 0 ? times[last] - times[0] : 0;
    if (seconds > 0) {
      return last / seconds;
    }
    return recording.frameRate() > 0 ? recording.frameRate() : 1;
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
