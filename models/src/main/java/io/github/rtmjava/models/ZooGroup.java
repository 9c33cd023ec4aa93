package io.github.rtmjava.models;

import io.github.rtmjava.model.Task;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What models are for: those of a group do the same. */
public enum ZooGroup {
  DETECTION("Detectors"),
  BODY17("Bodies, 17 keypoints"),
  BODY14("Bodies, the 14 keypoints of CrowdPose"),
  BODY26("Bodies with feet, 26 keypoints"),
  HAND("Hands, 21 keypoints"),
  FACE("Faces, 106 keypoints"),
  WHOLEBODY("Whole bodies, 133 keypoints"),
  WHOLEBODY3D("Whole bodies in 3D, 133 keypoints"),
  HAND3D("Pairs of hands in 3D, 42 keypoints");

  private final String title;

  ZooGroup(String title) {
    this.title = title;
  }

  /** A heading for people. */
  public String title() {
    return title;
  }

  /** Its name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The group of a model.
   *
   * @throws IllegalArgumentException if there is none for such keypoints
   */
  static ZooGroup of(Task task, @Nullable String keypoints) {
    if (keypoints == null) {
      return DETECTION;
    }
    boolean deep = task == Task.POSE_3D;
    return switch (keypoints) {
      case "coco" -> BODY17;
      case "crowdpose" -> BODY14;
      case "halpe26" -> BODY26;
      case "coco_wholebody_hand" -> HAND;
      case "lapa" -> FACE;
      case "coco_wholebody" -> deep ? WHOLEBODY3D : WHOLEBODY;
      case "interhand3d" -> HAND3D;
      default ->
          throw new IllegalArgumentException(
              "expected the keypoints of a known data set, found '%s'".formatted(keypoints));
    };
  }
}
