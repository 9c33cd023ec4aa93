package io.github.rtmjava.app.save;

import java.util.Comparator;
import java.util.Set;

/**
 * Somebody in a frame, or a frame alone.
 *
 * @param person number; {@link #NONE} where it is not said
 * @param frame index; {@link #NONE} where it is not said
 * @param time in seconds; {@link #NONE} where it is not said
 * @param points how many; {@link #NONE} where it is not said
 * @param space whether it is in space
 */
record Sighting(int person, long frame, double time, int points, boolean space) {
  static final int NONE = -1;

  static final Comparator<Sighting> ORDER =
      Comparator.comparingLong(Sighting::frame)
          .thenComparingDouble(Sighting::time)
          .thenComparingInt(Sighting::person);

  /** A frame alone. */
  static Sighting of(long frame, double time) {
    return new Sighting(NONE, frame, time, NONE, false);
  }

  /** Without what is not said; times to a tenth of a millisecond. */
  Sighting only(Set<Says> says) {
    return new Sighting(
        says.contains(Says.PERSON) ? person : NONE,
        says.contains(Says.FRAME) ? frame : NONE,
        says.contains(Says.TIME) ? Math.rint(time * 1e4) / 1e4 : NONE,
        says.contains(Says.POINTS) ? points : NONE,
        says.contains(Says.SPACE) && space);
  }
}
