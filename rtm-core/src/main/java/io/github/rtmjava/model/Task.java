package io.github.rtmjava.model;

/** What a model does. */
public enum Task {
  /** Finds boxes in a picture. */
  DETECTION,
  /** Finds keypoints of one person in a crop, in pixels. */
  POSE_2D,
  /** Finds keypoints of one person in a crop, in pixels and in depth. */
  POSE_3D
}
