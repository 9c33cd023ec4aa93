package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;

/** Tells which dataset's keypoints a pose model finds. */
public final class KeypointDataset {
  private KeypointDataset() {}

  /**
   * The dataset's name: by the number of keypoints where one dataset of the official models has
   * that many, otherwise as the file says.
   */
  public static String of(Checkpoint checkpoint, int keypoints) {
    return switch (keypoints) {
      case 14 -> "crowdpose";
      case 17 -> "coco";
      case 21 -> "coco_wholebody_hand";
      case 26 -> "halpe26";
      case 106 -> "lapa";
      case 133 -> "coco_wholebody";
      default ->
          checkpoint
              .meta()
              .text("dataset_meta", "dataset_name")
              .filter(name -> name.matches("[a-z0-9_]{1,40}"))
              .orElse("keypoints_" + keypoints);
    };
  }
}
