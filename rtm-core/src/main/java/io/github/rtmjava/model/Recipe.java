package io.github.rtmjava.model;

import org.jspecify.annotations.Nullable;

/**
 * What a name that users know, for example {@code wholebody}, stands for: the models that work
 * together and how people are chosen.
 *
 * @param name as users give it
 * @param model reference of the pose model
 * @param detector reference of the detector; null for a pose model that finds people by itself, and
 *     for one that is given the whole picture
 * @param bboxThreshold the score that a box must exceed, 0 to 1
 * @param nmsIou a second non-maximum suppression, as mmpose's inferencer does: a box that overlaps
 *     a better one by more than this IoU is left out; null for none
 */
public record Recipe(
    String name,
    String model,
    @Nullable String detector,
    float bboxThreshold,
    @Nullable Float nmsIou) {

  public Recipe {
    require(bboxThreshold >= 0 && bboxThreshold <= 1, "a threshold", bboxThreshold);
    require(nmsIou == null || (nmsIou >= 0 && nmsIou <= 1), "an IoU", nmsIou);
  }

  private static void require(boolean good, String what, @Nullable Float found) {
    if (!good) {
      throw new IllegalArgumentException("expected %s of 0 to 1, found %s".formatted(what, found));
    }
  }
}
