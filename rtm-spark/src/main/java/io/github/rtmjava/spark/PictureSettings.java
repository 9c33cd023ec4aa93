package io.github.rtmjava.spark;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to know.
 *
 * @param config of the models, as the driver was given it
 * @param model its pose model
 * @param detector its detector; null where it names none
 * @param frame of the 3D keypoints; null for the model's
 * @param world where the camera stands, for keypoints in the world; null for none
 * @param boxes where people are, in every picture; empty where they are to be found
 * @param batchSize pictures that go through the networks together at most
 * @param mostBytes of a picture file
 */
record PictureSettings(
    PoseConfig config,
    ModelFile model,
    @Nullable ModelFile detector,
    @Nullable Frame3d frame,
    @Nullable WorldPose world,
    List<Box> boxes,
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
        config, ModelFile.of(config.model()), detector, null, null, List.of(), BATCH, MOST_BYTES);
  }

  PictureSettings withFrame(@Nullable Frame3d other) {
    return new PictureSettings(config, model, detector, other, world, boxes, batchSize, mostBytes);
  }

  /**
   * In the world, or with boxes that somebody knows.
   *
   * @param known empty where people are to be found
   */
  PictureSettings with(@Nullable WorldPose pose, List<Box> known) {
    return new PictureSettings(config, model, detector, frame, pose, known, batchSize, mostBytes);
  }

  PictureSettings withBatchSize(int other) {
    if (other < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + other);
    }
    return new PictureSettings(config, model, detector, frame, world, boxes, other, mostBytes);
  }

  PictureSettings withMostBytes(int other) {
    if (other < 1) {
      throw new IllegalArgumentException("expected at least 1 byte, found " + other);
    }
    return new PictureSettings(config, model, detector, frame, world, boxes, batchSize, other);
  }

  /** A result with its 3D keypoints where they are asked for. */
  PoseResult framed(PoseResult result) {
    if (frame == Frame3d.WORLD && world != null) {
      return world.apply(result);
    }
    return frame == null ? result : result.in(frame);
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
