package io.github.rtmjava.pose;

/**
 * Which hands a model of two hands sees, and how they lie to each other.
 *
 * @param right whether there is a right hand
 * @param left whether there is a left hand
 * @param rightScore probability of a right hand, 0 to 1
 * @param leftScore probability of a left hand, 0 to 1
 * @param relativeRootDepth depth of the left wrist minus that of the right one in metres: positive
 *     where the left hand is farther from the camera; means something only where both hands are
 *     there
 */
public record Hands(
    boolean right, boolean left, float rightScore, float leftScore, float relativeRootDepth) {}
