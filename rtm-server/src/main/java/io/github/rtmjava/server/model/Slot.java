package io.github.rtmjava.server.model;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.load.PictureCost;
import org.jspecify.annotations.Nullable;

/** A model's place in the pool, whether it is loaded or not. Guarded by the pool, but for names. */
final class Slot {
  /** What a picture may take before anything is measured. */
  private static final double GUESS_NANOS = 50e6;

  final String name;
  final PoseConfig config;
  final PictureCost cost = new PictureCost(GUESS_NANOS);

  @Nullable PoseInferencer inferencer;
  boolean loading;
  int users;
  long used;
  long bytes;

  Slot(String name, PoseConfig config) {
    this.name = name;
    this.config = config;
  }
}
