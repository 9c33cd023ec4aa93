package io.github.rtmjava.files;

import java.nio.file.Path;

/** Where engines keep what they have measured, from which their ways to compute follow. */
public final class PlansFolder {
  /**
   * System property: another folder, for processes that are to compute alike. There all that is
   * measured is kept, also what was measured while the machine was busy.
   */
  public static final String PROPERTY = "rtm.plans";

  private PlansFolder() {}

  /** That of this process, an absolute path; usually {@code plans} of the cache folder. */
  public static Path here() {
    return isNamed()
        ? Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath()
        : CacheFolder.here().resolve("plans");
  }

  /** Whether it is one that {@link #PROPERTY} names. */
  public static boolean isNamed() {
    return !System.getProperty(PROPERTY, "").isEmpty();
  }
}
