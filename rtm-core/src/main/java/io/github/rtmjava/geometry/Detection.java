package io.github.rtmjava.geometry;

/**
 * A box that a detector found, or that a caller gave.
 *
 * @param box in pixels of the picture
 * @param score 0 to 1; 1 for a caller's box
 * @param label class index; 0 is a person for person detectors and in COCO
 */
public record Detection(Box box, float score, int label) {}
