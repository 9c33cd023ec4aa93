package io.github.rtmjava.pose3d.rtmo;

import io.github.rtmjava.geometry.Box;

/**
 * A person that a cell of a map found.
 *
 * @param box in pixels of the input; may reach beyond it
 * @param score 0 to 1
 * @param cellX column of the cell's middle in pixels of the input
 * @param cellY row of the cell's middle in pixels of the input
 * @param visibilities of the K keypoints, 0 to 1; nobody writes to them
 * @param vector the pose, for the coordinate classifier; nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, compared by nobody
public record PoseCandidate(
    Box box, float score, float cellX, float cellY, float[] visibilities, float[] vector) {}
