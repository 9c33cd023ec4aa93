package io.github.rtmjava.motion.angle;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * To which side the people of a video look, so that whoever turns around is measured in the mirror
 * from one frame on and not now and then: at first the median over the second around a frame, then
 * the same side until most of the frames in such a second clearly say the other. People without an
 * id are looked at frame by frame.
 *
 * <p>Frames come out half a second later than they go in, in the same order. Memory is that of the
 * frames of half a second and a few bytes for each id. For one thread, and one source of frames.
 */
public final class FacingOverTime {
  private static final double HALF_WINDOW = 0.5;

  /** Somebody seen from the front or the back may waver by so much without turning around. */
  private static final double CLEAR = 0.02;

  /** The share of frames that must say that somebody has turned around. */
  private static final double TURNED = 0.6;

  private final FacingVote vote;
  private final Deque<PoseFrame> waiting = new ArrayDeque<>();
  private final Deque<Votes> window = new ArrayDeque<>();
  private final Map<Integer, Facing> known = new HashMap<>();

  /**
   * A frame whose people's sides are known.
   *
   * @param poses as they went in
   * @param facings one for each person, in their order
   */
  public record Frame(PoseFrame poses, List<Facing> facings) {
    public Frame {
      facings = List.copyOf(facings);
    }
  }

  /** What the people with an id said in one frame. */
  private record Votes(double time, Map<Integer, Double> byId) {}

  FacingOverTime(FacingVote vote) {
    this.vote = vote;
  }

  /**
   * Adds a frame, not before the last one.
   *
   * @return the frames of which everything is known now; often one
   */
  public List<Frame> add(PoseFrame frame) {
    Map<Integer, Double> votes = new HashMap<>();
    for (PersonPose person : frame.result().persons()) {
      double said = vote.of(person);
      if (person.id().isPresent() && said != 0) {
        votes.put(person.id().getAsInt(), said);
      }
    }
    List<Frame> out = ready(frame.time() - HALF_WINDOW);
    waiting.add(frame);
    window.add(new Votes(frame.time(), votes));
    return out;
  }

  /** The last frames. */
  public List<Frame> finish() {
    return ready(Double.POSITIVE_INFINITY);
  }

  /** Those before a time: whatever is added from now on is too late to say anything about them. */
  private List<Frame> ready(double before) {
    List<Frame> out = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.getFirst().time() < before) {
      PoseFrame frame = waiting.removeFirst();
      while (window.getFirst().time < frame.time() - HALF_WINDOW) {
        window.removeFirst();
      }
      out.add(
          new Frame(
              frame, frame.result().persons().stream().map(p -> of(p, frame.time())).toList()));
    }
    return out;
  }

  private Facing of(PersonPose person, double time) {
    OptionalInt id = person.id();
    if (id.isEmpty()) {
      return side(vote.of(person));
    }
    double[] said = said(id.getAsInt(), time);
    Facing before = known.get(id.getAsInt());
    Facing now = before == null ? side(median(said)) : after(before, said);
    if (said.length > 0) {
      known.put(id.getAsInt(), now);
    }
    return now;
  }

  /** What somebody's frames around a time say, without those that say nothing. */
  private double[] said(int id, double time) {
    return window.stream()
        .filter(votes -> votes.time <= time + HALF_WINDOW && votes.byId.containsKey(id))
        .mapToDouble(votes -> votes.byId.get(id))
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Around only where more than half say so clearly, which does not waver at the turn itself. */
  private static Facing after(Facing before, double[] said) {
    int other = before == Facing.RIGHT ? -1 : 1;
    long around = Arrays.stream(said).filter(v -> other * v > CLEAR).count();
    return said.length > 0 && around >= TURNED * said.length ? opposite(before) : before;
  }

  private static Facing opposite(Facing facing) {
    return facing == Facing.RIGHT ? Facing.LEFT : Facing.RIGHT;
  }

  static Facing side(double said) {
    return said < 0 ? Facing.LEFT : Facing.RIGHT;
  }
}
