package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * A box in which a model is asked for a person.
 *
 * @param box in pixels of the picture
 * @param score of the detector that found it; 1 for an annotated box
 * @param annotationId of the person whose annotated box it is
 * @param categoryId as the annotations number it; null where nobody tells
 */
public record GivenBox(
    Box box, double score, @Nullable Long annotationId, @Nullable Long categoryId) {}
