package io.github.rtmjava.motion.smooth;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The filters by the names that users give. */
public enum SmoothKind {
  /** {@link Butterworth}. */
  BUTTERWORTH,
  /** {@link OneEuro}. */
  ONE_EURO,
  /** {@link Gaussian}. */
  GAUSSIAN,
  /** {@link Median}. */
  MEDIAN,
  /** {@link SavitzkyGolay}. */
  SAVGOL,
  /** No filter: only gaps are filled and outliers replaced. */
  NONE;

  /** Its name, for example {@code one_euro}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return id();
  }

  /**
   * The filter of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SmoothKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s to smooth with, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(SmoothKind::id)
                                .collect(Collectors.joining(", ")),
                            id)));
  }
}
