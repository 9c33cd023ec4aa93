package io.github.rtmjava.motion.smooth;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.motion.smooth.SignalFilter.LiveFilter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes people smooth frame by frame, without looking ahead: keypoints in 2D and 3D and the box,
 * each coordinate on its own. Keypoints with too low a score stay as they are, gaps stay gaps, and
 * after one that is longer than the options' a filter begins anew.
 *
 * <p>For one thread, and one source of frames; forgets people who are gone.
 */
public final class LiveSmoother {
  /** Body height in metres that speeds in 3D are relative to. */
  private static final double METRES = 1.7;

  /**
   * Frames farther apart, in seconds, may have to do with each other if the options say so only.
   */
  private static final double LONGEST_STEP = 0.5;

  private final SmoothOptions options;
  private final double longestGap;
  private final Map<Integer, Person> people = new HashMap<>();

  /**
   * A smoother that has seen nobody.
   *
   * @throws IllegalArgumentException if the filter needs to look ahead
   */
  public LiveSmoother(SmoothOptions options) {
    this.options = options;
    longestGap = Math.max(LONGEST_STEP, options.maxGap());
    Optional<SignalFilter> filter = options.filter();
    if (filter.isPresent() && filter.get().live().isEmpty()) {
      throw new IllegalArgumentException(
          "expected a filter that does not look ahead (one_euro, butterworth, median), found %s;"
                  .formatted(options.kind().id())
              + " the others are for videos that are read to their end");
    }
  }

  /**
   * The next frame.
   *
   * @param time in seconds, later than all before
   * @return the same people, smooth; who has no id stays as they are
   */
  public PoseResult step(double time, PoseResult result) {
    Optional<SignalFilter> filter = options.filter();
    if (filter.isEmpty()) {
      return result;
    }
    people.values().removeIf(person -> time - person.seen > longestGap);
    List<PersonPose> out = new ArrayList<>();
    for (PersonPose pose : result.persons()) {
      out.add(
          pose.id().isEmpty()
              ? pose
              : people
                  .computeIfAbsent(pose.id().getAsInt(), id -> new Person(filter.get(), pose))
                  .next(time, pose, options.minScore(), longestGap));
    }
    return result.with(out);
  }

  /** The filters of somebody. */
  private static final class Person {
    private final SignalFilter filter;
    private final Channel[][] points;
    private final Channel[][] points3d;
    private final Channel[] box;
    private double seen;

    Person(SignalFilter filter, PersonPose pose) {
      this.filter = filter;
      points = channels(pose.size(), 2);
      points3d = channels(pose.keypoints3d().length, 3);
      box = channels(1, 4)[0];
    }

    PersonPose next(double time, PersonPose pose, double minScore, double gap) {
      seen = time;
      float tall = Math.max(1, pose.bbox().height());
      float[] b = pose.bbox().toArray();
      float[][] xy = pose.keypoints();
      float[][] xyz = pose.keypoints3d();
      float[] scores = pose.scores();
      feed(box, time, b, tall, gap);
      for (int k = 0; k < scores.length; k++) {
        if (scores[k] >= minScore) {
          feed(points[k], time, xy[k], tall, gap);
          if (k < xyz.length) {
            feed(points3d[k], time, xyz[k], METRES, gap);
          }
        }
      }
      return pose.withBbox(new Box(b[0], b[1], b[2], b[3])).withKeypoints(xy).withKeypoints3d(xyz);
    }

    private void feed(Channel[] channels, double time, float[] values, double scale, double gap) {
      for (int axis = 0; axis < values.length; axis++) {
        if (Float.isFinite(values[axis])) {
          values[axis] = (float) channels[axis].next(filter, time, values[axis], scale, gap);
        }
      }
    }

    private static Channel[][] channels(int points, int axes) {
      Channel[][] out = new Channel[points][axes];
      for (Channel[] point : out) {
        for (int axis = 0; axis < axes; axis++) {
          point[axis] = new Channel();
        }
      }
      return out;
    }
  }

  /** One coordinate. */
  private static final class Channel {
    private @Nullable LiveFilter filter;
    private double fed;

    double next(SignalFilter kind, double time, double value, double scale, double gap) {
      LiveFilter current = filter;
      if (current == null || time - fed > gap) {
        current = kind.live().orElseThrow();
        filter = current;
      }
      fed = time;
      return current.next(time, value, scale);
    }
  }
}
