package io.github.rtmjava.pose.decode;

/**
 * Decoded SimCC outputs of one person, K keypoints, in the pixels of the crop.
 *
 * @param x [K] columns in crop pixels; −1 / split ratio where nothing was found
 * @param y [K] rows in crop pixels, likewise
 * @param depth [K] position on the depth axis in the same unit, likewise; empty in two dimensions
 * @param z [K] metres from the plane through the root, positive away from the camera; empty in two
 *     dimensions
 * @param scores [K] the smaller of the maxima in x and y, raw
 * @param visibilities [K] 0 to 1 where the codec has visibility, otherwise the scores
 */
public record SimccKeypoints(
    float[] x, float[] y, float[] depth, float[] z, float[] scores, float[] visibilities) {}
