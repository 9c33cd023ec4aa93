package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one person who is followed where nobody knows what comes: whoever is most important when
 * somebody is first there, until the tracker has given them up.
 */
final class OnePerson {
  private final double patience;
  private @Nullable Integer id;
  private double seen;

  /**
   * Nobody yet.
   *
   * @param patience for how many seconds the tracker waits for somebody
   */
  OnePerson(double patience) {
    this.patience = patience;
  }

  /** The next frame with that person, or nobody. */
  PoseResult only(double time, PoseResult all) {
    if (id != null && time - seen > patience) {
      id = null;
    }
    if (id == null) {
      all.persons().stream()
          .filter(person -> person.id().isPresent())
          .max(Comparator.comparingDouble(OnePerson::importance))
          .ifPresent(person -> id = person.id().getAsInt());
    }
    Optional<PersonPose> found =
        all.persons().stream().filter(person -> id != null && isId(person, id)).findFirst();
    if (found.isPresent()) {
      seen = time;
    }
    return all.with(found.map(List::of).orElse(List.of()));
  }

  private static boolean isId(PersonPose person, int id) {
    return person.id().isPresent() && person.id().getAsInt() == id;
  }

  private static double importance(PersonPose person) {
    return PersonSelection.importance(new Detection(person.bbox(), person.bboxScore(), 0));
  }
}
