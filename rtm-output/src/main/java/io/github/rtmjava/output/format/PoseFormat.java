package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A format in which results can be kept. Formats are found with {@link java.util.ServiceLoader}:
 * one by its class, several of a module by their {@link PoseFormatProvider}.
 */
public interface PoseFormat {
  /** Its name on the command line, for example {@code csv-wide}. */
  String id();

  /** What it is and who reads it, in a few words. */
  String description();

  /**
   * The files' names, for people to read: {@code <id>} stands for a person's number.
   *
   * @param stem what the names begin with
   */
  String files(String stem);

  /** Whether it holds nothing without 3D keypoints. */
  boolean needs3d();

  /** Why a recording cannot be kept in this format, and what to do; empty if it can. */
  default Optional<String> requirement(Recording recording) {
    return needs3d() ? Depth.requirement(id(), recording) : Optional.empty();
  }

  /**
   * Begins to write.
   *
   * @param folder where the files are to be; made if it is not there
   * @param stem what their names begin with
   * @throws IllegalArgumentException with the {@link #requirement} that is not met
   */
  PoseWriter open(Recording recording, Path folder, String stem) throws IOException;
}
