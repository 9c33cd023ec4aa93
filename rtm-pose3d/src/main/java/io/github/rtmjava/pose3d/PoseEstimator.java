package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pose model made ready to be used on pictures. May be used by several threads at once. */
interface PoseEstimator extends AutoCloseable {
  /** The model's name. */
  String name();

  /** What runs the network that reads pictures; it stays this one's to close. */
  BatchRunner network();

  /** What runs the networks after it, by name; most models have none. */
  default Map<String, BatchRunner> furtherNetworks() {
    return Map.of();
  }

  /** What runs the network, for people: engine, device, precision, threads. */
  String description();

  /** Names and links of the keypoints. */
  KeypointSet keypointSet();

  /** Whether it looks only in boxes that are given to it, or finds people by itself. */
  boolean needsBoxes();

  /** Whether it finds 3D keypoints. */
  boolean depth();

  /**
   * The frame of the 3D keypoints.
   *
   * @param camera that took a picture; null where nobody knows
   */
  Frame3d frame(@Nullable Camera camera);

  /**
   * Makes ready for several pictures, or people, at a time.
   *
   * @param pictures that are looked at together, at least 1
   * @see io.github.rtmjava.engine.CompiledModel#warmUp
   */
  void warmUp(int pictures);

  /** Native memory of its networks, see {@link CompiledModel#memory()}. */
  CompiledModel.Memory memory();

  /**
   * The people in each of the pictures, which go through the network together.
   *
   * @param deadline until when the network has to have begun with each of them
   * @return one result per picture, in their order; with a person for each box where boxes are
   *     needed. Fails as {@link io.github.rtmjava.engine.BatchRunner#submit} does
   */
  CompletableFuture<List<PoseResult>> submit(List<View> views, Deadline deadline);

  @Override
  void close();
}
