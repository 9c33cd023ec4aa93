package io.github.rtmjava.pose.decode;

import io.github.rtmjava.pose.Hands;

/**
 * Decoded outputs of a model of two hands for one crop: first the K / 2 keypoints of the right
 * hand, then those of the left, whether or not there is such a hand.
 *
 * @param x [K] columns in crop pixels; minus one cell of the volume where nothing was found
 * @param y [K] rows in crop pixels, likewise
 * @param z [K] metres from the root of the keypoint's own hand, positive away from the camera
 * @param scores [K] maxima of the volumes, raw
 * @param hands which hands there are
 */
public record HandKeypoints(float[] x, float[] y, float[] z, float[] scores, Hands hands) {}
