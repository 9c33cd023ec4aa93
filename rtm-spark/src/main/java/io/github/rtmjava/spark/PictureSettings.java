package io.github.rtmjava.spark;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to know.
 *
 * @param config of the models, as the driver was given it
 * @param model its pose model
 * @param detector its detector; null where it names none
 * @param frame of the 3D keypoints; null for the model's
 * @param batchSize pictures that go through the networks together at most
 * @param mostBytes of a picture file
 */
record PictureSettings(
    PoseConfig config,
    ModelFile model,
    @Nullable ModelFile detector,
    @Nullable Frame3d frame,
    int batchSize,
    int mostBytes)
    implements Serializable {
  static final int BATCH = 8;
  static final int MOST_BYTES = 128 << 20;

  /** The usual ones. */
  static PictureSettings of(PoseConfig config) throws IOException {
    String named = config.detector();
    ModelFile detector =
        named == null || named.equals(PoseConfig.NONE) ? null : ModelFile.of(named);
    return new PictureSettings(
        config, ModelFile.of(config.model()), detector, null, BATCH, MOST_BYTES);
  }

  PictureSettings withFrame(@Nullable Frame3d other) {
    return new PictureSettings(config, model, detector, other, batchSize, mostBytes);
  }

  PictureSettings withBatchSize(int other) {
    if (other < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + other);
    }
    return new PictureSettings(config, model, detector, frame, other, mostBytes);
  }

  PictureSettings withMostBytes(int other) {
    if (other < 1) {
      throw new IllegalArgumentException("expected at least 1 byte, found " + other);
    }
    return new PictureSettings(config, model, detector, frame, batchSize, other);
  }

  /**
   * The models as they are opened here: files where they are, and as many threads as the task has
   * processors, where nobody chose another number.
   */
  PoseConfig here() throws IOException {
    PoseConfig local = config.withModel(model.resolve());
    if (detector != null) {
      local = local.withDetector(detector.resolve());
    }
    TaskContext task = TaskContext.get();
    return task == null || local.engineOptions().threads() > 0
        ? local
        : local.withEngine(local.engine(), local.engineOptions().withThreads(task.cpus()));
  }
}
