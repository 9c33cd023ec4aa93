package io.github.rtmjava.eval;

import org.jspecify.annotations.Nullable;

/**
 * How far predicted keypoints are from annotated ones in the picture.
 *
 * @param people who are annotated in the range
 * @param found of them; the others' keypoints count as wrong in {@code pck}, {@code pckTorso},
 *     {@code pckHead} and {@code auc}, and do not enter {@code epe} and {@code nme}
 * @param pck share of keypoints within the threshold times the longer side of the annotated box,
 *     mean over keypoints; 0 to 1
 * @param pckTorso the same relative to the distance from the left shoulder to the right hip; null
 *     where the keypoint set has none
 * @param pckHead the same relative to the annotated head size; null where it is not annotated
 * @param auc mean of PCK at 20 thresholds 0, 0.05 … 0.95 times 30 pixels; 0 to 1
 * @param epe mean distance in pixels; NaN where nobody is found
 * @param nme mean distance relative to that of the outer corners of the eyes; null for other than
 *     faces
 */
public record KeypointAccuracy(
    int people,
    int found,
    double pck,
    @Nullable Double pckTorso,
    @Nullable Double pckHead,
    double auc,
    double epe,
    @Nullable Double nme) {}
