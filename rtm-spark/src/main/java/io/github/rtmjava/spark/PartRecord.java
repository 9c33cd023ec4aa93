package io.github.rtmjava.spark;

import io.github.rtmjava.pose.Recording;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task finds out about its part of a video. */
sealed interface PartRecord extends Serializable {
  /** It could be opened. */
  record Begin(Recording recording) implements PartRecord {}

  /**
   * A frame.
   *
   * @param poses of everybody in it, not recognised yet, see {@link
   *     io.github.rtmjava.pose.PoseBytes}
   * @param problem why poses could not be looked for; null where they were
   */
  record Frame(byte[] poses, @Nullable String problem) implements PartRecord {}

  /**
   * There are no more frames.
   *
   * @param problems a line for each kind
   */
  record End(Item item, List<String> problems) implements PartRecord {}
}
