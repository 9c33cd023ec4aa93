package io.github.rtmjava.model;

/** What a model does. */
public enum Task {
  /** Finds boxes in a picture. */
  DETECTION,
  /** Finds keypoints in pixels: of one person in a crop, or of everybody in a picture. */
  POSE_2D,
  /** Finds keypoints of one person in a crop, in pixels and in depth. */
  POSE_3D
}
