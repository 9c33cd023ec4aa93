package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A number for everybody in a frame: their id where they were followed, otherwise their place from
 * 0 on, or the next number that nobody in the frame has.
 */
public final class PersonNumbers {
  private PersonNumbers() {}

  /** [N], all different. */
  public static int[] of(PoseResult result) {
    List<PersonPose> persons = result.persons();
    int[] numbers = new int[persons.size()];
    boolean[] known = new boolean[numbers.length];
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < numbers.length; i++) {
      PersonPose person = persons.get(i);
      known[i] = person.id().isPresent() && taken.add(person.id().getAsInt());
      numbers[i] = person.id().orElse(i);
    }
    for (int i = 0; i < numbers.length; i++) {
      while (!known[i] && !taken.add(numbers[i])) {
        numbers[i]++;
      }
    }
    return numbers;
  }
}
