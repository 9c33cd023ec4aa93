package io.github.rtmjava.eval;

/**
 * Mean distances of predicted from true keypoints in 3D, over annotated keypoints of all people, in
 * millimetres.
 *
 * @param people with true keypoints
 * @param found of them; the others do not enter the figures
 * @param mpjpe both relative to their roots
 * @param nMpjpe the same after the prediction is scaled to fit best (N-MPJPE)
 * @param paMpjpe after the prediction is scaled, turned and shifted to fit best (PA-MPJPE)
 */
public record JointErrors(int people, int found, double mpjpe, double nMpjpe, double paMpjpe) {}
