package io.github.rtmjava.engine;

import org.jspecify.annotations.Nullable;

/** How many processors this process computes on. */
public final class Processors {
  /** System property: their number, 1 or more; without it all that the process has. */
  public static final String PROPERTY = "rtm.processors";

  private Processors() {}

  /**
   * As many as the system property {@link #PROPERTY} says, otherwise those that the system gives
   * the process: in a container its share, rounded up.
   *
   * @throws EngineException if the property is no number of at least 1
   */
  public static int count() {
    return count(System.getProperty(PROPERTY), Runtime.getRuntime().availableProcessors());
  }

  static int count(@Nullable String said, int available) {
    if (said == null) {
      return available;
    }
    try {
      int count = Integer.parseInt(said.strip());
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // refused as any other nonsense
    }
    throw new EngineException(
        "-D%s: expected a number of processors, 1 or more, found '%s'".formatted(PROPERTY, said));
  }
}
