package io.github.rtmjava.motion.smooth;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The frames of a whole video in their order with everybody made smooth, read from where they wait
 * in overlapping windows, so that memory does not grow with the length of the video. People without
 * an id stay as they are. For one thread.
 */
public final class SmoothFrames {
  private static final int WINDOW = 512;

  private final PoseSpool frames;
  private final Smoother smoother;
  private final int margin;
  private final Deque<PoseFrame> ready = new ArrayDeque<>();
  private int done;

  /**
   * The frames of a spool, which must stay open and as it is.
   *
   * @param rate frames in a second, on average
   */
  public SmoothFrames(PoseSpool frames, SmoothOptions options, double rate) {
    this.frames = frames;
    this.smoother = new Smoother(options);
    this.margin = smoother.margin(rate);
  }

  /** Whether there is another frame. */
  public boolean hasNext() {
    return !ready.isEmpty() || done < frames.size();
  }

  /** The next frame. */
  public PoseFrame next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more frames");
    }
    if (ready.isEmpty()) {
      int from = done;
      int to = Math.min(frames.size(), from + WINDOW);
      int first = Math.max(0, from - margin);
      ready.addAll(
          smooth(read(first, Math.min(frames.size(), to + margin)))
              .subList(from - first, to - first));
      done = to;
    }
    return ready.remove();
  }

  private List<PoseFrame> read(int from, int to) throws IOException {
    List<PoseFrame> window = new ArrayList<>();
    for (int i = from; i < to; i++) {
      window.add(frames.get(i));
    }
    return window;
  }

  private List<PoseFrame> smooth(List<PoseFrame> window) {
    List<List<PersonPose>> people = new ArrayList<>();
    Set<Integer> ids = new TreeSet<>();
    for (PoseFrame frame : window) {
      List<PersonPose> unknown = new ArrayList<>();
      for (PersonPose person : frame.result().persons()) {
        person.id().ifPresentOrElse(ids::add, () -> unknown.add(person));
      }
      people.add(unknown);
    }
    for (int id : ids) {
      List<TrackSample> track = window.stream().map(frame -> sample(frame, id)).toList();
      List<TrackSample> smooth = smoother.smooth(track);
      for (int i = 0; i < smooth.size(); i++) {
        PersonPose pose = smooth.get(i).pose();
        if (pose != null) {
          people.get(i).add(pose);
        }
      }
    }
    List<PoseFrame> out = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      // As a detector gives them: the surest first.
      List<PersonPose> sorted =
          people.get(i).stream()
              .sorted(Comparator.comparingDouble(person -> -person.bboxScore()))
              .toList();
      out.add(window.get(i).with(window.get(i).result().with(sorted)));
    }
    return out;
  }

  private static TrackSample sample(PoseFrame frame, int id) {
    PersonPose found =
        frame.result().persons().stream()
            .filter(person -> person.id().orElse(0) == id)
            .findFirst()
            .orElse(null);
    return new TrackSample(frame.index(), frame.time(), found);
  }
}
