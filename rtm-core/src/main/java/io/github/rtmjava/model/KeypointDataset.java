package io.github.rtmjava.model;

import io.github.rtmjava.checkpoint.Checkpoint;
import java.util.Optional;

/** Tells which dataset's keypoints a pose model finds. */
public final class KeypointDataset {
  private KeypointDataset() {}

  /**
   * The dataset's name: as the file says; otherwise by the number of keypoints, where one dataset
   * of the official models has that many.
   */
  public static String of(Checkpoint checkpoint, int keypoints) {
    return DatasetMeta.name(checkpoint.meta())
        .or(() -> ofNumber(keypoints))
        .orElse("keypoints_" + keypoints);
  }

  /** The dataset of the official models that has so many keypoints. */
  public static Optional<String> ofNumber(int keypoints) {
    return switch (keypoints) {
      case 14 -> Optional.of("crowdpose");
      case 17 -> Optional.of("coco");
      case 21 -> Optional.of("coco_wholebody_hand");
      case 26 -> Optional.of("halpe26");
      case 106 -> Optional.of("lapa");
      case 133 -> Optional.of("coco_wholebody");
      default -> Optional.empty();
    };
  }
}
