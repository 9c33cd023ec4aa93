package io.github.rtmjava.pose3d;

import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;

/** A pose model made ready to be used on pictures. May be used by several threads at once. */
interface PoseEstimator extends AutoCloseable {
  /** The model's name. */
  String name();

  /** What runs the network, for people: engine, device, precision, threads. */
  String description();

  /** Names and links of the keypoints. */
  KeypointSet keypointSet();

  /** Whether it looks only in boxes that are given to it, or finds people by itself. */
  boolean needsBoxes();

  /**
   * The people in each of the pictures, which go through the network together.
   *
   * @return one result per picture, in their order; with a person for each box where boxes are
   *     needed
   */
  List<PoseResult> estimate(List<View> views);

  @Override
  void close();
}
