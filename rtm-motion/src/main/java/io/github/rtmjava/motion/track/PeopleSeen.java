package io.github.rtmjava.motion.track;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who was seen in a video, to choose among them when all of it is known. */
public final class PeopleSeen {
  private final Map<Integer, Seen> people = new TreeMap<>();

  /**
   * Somebody.
   *
   * @param id see {@link PersonPose#id()}
   * @param frames in how many frames they were found
   * @param area sum over those frames of the box's area in square pixels times its score: who is
   *     large and long in the picture has much of it
   */
  public record Seen(int id, int frames, double area) {}

  /** Adds a frame; people without an id are not counted. */
  public void add(PoseFrame frame) {
    for (PersonPose person : frame.result().persons()) {
      person.id().ifPresent(id -> people.merge(id, seen(id, person), PeopleSeen::sum));
    }
  }

  /** Everybody, in the order of their ids. */
  public Collection<Seen> all() {
    return Collections.unmodifiableCollection(people.values());
  }

  /** Whose area over all frames is largest; the first of equals; empty if nobody was seen. */
  public Optional<Seen> dominant() {
    return people.values().stream()
        .max(
            Comparator.comparingDouble(Seen::area)
                .thenComparing(Seen::id, Comparator.reverseOrder()));
  }

  private static Seen seen(int id, PersonPose person) {
    return new Seen(id, 1, (double) person.bbox().area() * person.bboxScore());
  }

  private static Seen sum(Seen a, Seen b) {
    return new Seen(a.id, a.frames + b.frames, a.area + b.area);
  }
}
