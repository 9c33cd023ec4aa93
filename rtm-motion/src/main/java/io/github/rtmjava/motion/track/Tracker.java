package io.github.rtmjava.motion.track;

import io.github.rtmjava.geometry.Assignment;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Follows people from frame to frame and gives them ids.
 *
 * <p>People found are assigned to those expected by the similarity of boxes and keypoints, the sure
 * ones first (as in ByteTrack, Zhang et al. 2022), where a Kalman filter expects them (as in SORT,
 * Bewley et al. 2016). Who was lost is recognised by place and size alone: near where they were
 * last expected, for those who left the picture at its border there. It looks at no colours and
 * faces, so that somebody else who comes in by the same door in time takes over the id, and who
 * comes back later or elsewhere gets a new one.
 *
 * <p>For one thread, and one source of frames; an hour of them costs no more memory than a second.
 */
public final class Tracker {
  private final TrackerOptions options;
  private final List<Track> tracks = new ArrayList<>();
  private double last = Double.NEGATIVE_INFINITY;
  private Box picture = new Box(0, 0, 0, 0);
  private int ids;
  private @Nullable KeypointSet set;
  private Similarity similarity = new Similarity(KeypointSet.of("none", 0));

  public Tracker() {
    this(TrackerOptions.DEFAULT);
  }

  public Tracker(TrackerOptions options) {
    this.options = options;
  }

  /**
   * The next frame.
   *
   * @param time in seconds, later than all before
   * @param found everybody found in the frame
   * @return the same people in the same order, each with an id from 1 on, but for those left out:
   *     duplicates, people without a proper box or keypoints, those not yet found often enough, and
   *     those with too low a score to be somebody new
   */
  public PoseResult step(double time, PoseResult found) {
    if (!Double.isFinite(time) || time <= last) {
      throw new IllegalArgumentException(
          "expected frames in the order of their times, found %s s after %s s"
              .formatted(time, last));
    }
    last = time;
    picture = new Box(0, 0, found.width(), found.height());
    if (!found.keypointSet().equals(set)) {
      set = found.keypointSet();
      similarity = new Similarity(set);
    }
    tracks.removeIf(t -> t.age(time) > options.maxAge());
    tracks.forEach(t -> t.expectAt(time));
    List<Candidate> people = withoutDuplicates(candidates(found.persons()));
    associate(time, people);
    tracks.removeIf(t -> t.id() == 0 && t.age(time) > 0);
    return found.with(named(found.persons(), people));
  }

  /**
   * Where those whom the last frame showed are expected, for frames in which no detector runs:
   * boxes around their sure keypoints, moved as they moved, in the order of the ids; without those
   * whose keypoints were not sure, and those expected outside of the picture.
   *
   * @param time in seconds, not before that of the last frame
   */
  public List<Box> predict(double time) {
    return tracks.stream()
        .filter(t -> t.age(last) == 0)
        .sorted(Comparator.comparingInt(t -> t.id() == 0 ? Integer.MAX_VALUE : t.id()))
        .flatMap(t -> t.expectedBox(time).stream())
        .filter(box -> box.iou(picture) > 0)
        .toList();
  }

  private List<Candidate> candidates(List<PersonPose> persons) {
    List<Candidate> out = new ArrayList<>();
    for (int i = 0; i < persons.size(); i++) {
      int at = i;
      Figure.of(persons.get(i), options.minKeypointScore())
          .ifPresent(f -> out.add(new Candidate(at, persons.get(at).bboxScore(), f)));
    }
    out.sort(Comparator.comparingDouble(c -> -c.figure.score()));
    return out;
  }

  private List<Candidate> withoutDuplicates(List<Candidate> people) {
    List<Candidate> kept = new ArrayList<>();
    for (Candidate person : people) {
      if (kept.stream().noneMatch(better -> isDuplicate(better, person))) {
        kept.add(person);
      }
    }
    return kept;
  }

  /**
   * Whether both are one: two people who pass each other may be more alike than two boxes of one.
   */
  private boolean isDuplicate(Candidate better, Candidate other) {
    return similarity.of(better.figure, other.figure) > (1 + options.duplicate()) / 2;
  }

  /** Gives each of the people a track: the one they belong to, or a new one. */
  private void associate(double time, List<Candidate> people) {
    ToDoubleBiFunction<Track, Figure> expected =
        (t, f) -> similarity.of(t.expected(), f, t.deviation()) - options.minSimilarity();
    assign(time, tracks, people.stream().filter(this::isSure).toList(), expected);
    assign(time, tracks, people.stream().filter(p -> !isSure(p)).toList(), expected);
    assign(
        time,
        tracks.stream().filter(t -> t.id() > 0).toList(),
        people.stream().filter(this::isSure).toList(),
        (t, f) -> t.recovery(time, f, picture));
    for (Candidate person : people) {
      if (person.track == null && isSure(person) && isNew(person, people)) {
        person.track = new Track(time, person.figure);
        tracks.add(person.track);
      }
    }
  }

  /** Whether somebody without a track is not just another box of somebody with one. */
  private boolean isNew(Candidate person, List<Candidate> people) {
    return people.stream()
        .filter(other -> other.track != null)
        .noneMatch(other -> similarity.of(other.figure, person.figure) > options.duplicate());
  }

  private boolean isSure(Candidate person) {
    return person.boxScore >= options.minScore() && person.figure.hasKeypoints();
  }

  /** Assigns those people who have no track yet to those tracks that nobody has yet. */
  private void assign(
      double time,
      List<Track> all,
      List<Candidate> people,
      ToDoubleBiFunction<Track, Figure> gain) {
    List<Track> open = all.stream().filter(t -> t.age(time) > 0).toList();
    List<Candidate> searching = people.stream().filter(p -> p.track == null).toList();
    double[][] gains = new double[searching.size()][open.size()];
    for (int p = 0; p < gains.length; p++) {
      for (int t = 0; t < open.size(); t++) {
        gains[p][t] = gain.applyAsDouble(open.get(t), searching.get(p).figure);
      }
    }
    int[] pairs = Assignment.maximise(gains);
    for (int p = 0; p < pairs.length; p++) {
      if (pairs[p] >= 0) {
        Track track = open.get(pairs[p]);
        track.see(time, searching.get(p).figure, picture);
        searching.get(p).track = track;
      }
    }
  }

  private List<PersonPose> named(List<PersonPose> persons, List<Candidate> people) {
    List<PersonPose> out = new ArrayList<>();
    people.stream()
        .sorted(Comparator.comparingInt(p -> p.index))
        .forEach(
            p ->
                Optional.ofNullable(p.track)
                    .filter(t -> t.hits() >= options.minHits())
                    .ifPresent(t -> out.add(persons.get(p.index).withId(idOf(t)))));
    return out;
  }

  private int idOf(Track track) {
    if (track.id() == 0) {
      track.name(++ids);
    }
    return track.id();
  }

  /** One of the people of a frame. */
  private static final class Candidate {
    final int index;
    final double boxScore;
    final Figure figure;
    @Nullable Track track;

    Candidate(int index, double boxScore, Figure figure) {
      this.index = index;
      this.boxScore = boxScore;
      this.figure = figure;
    }
  }
}
