package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the frames of one recording in one format. Files appear when all is written, complete or
 * not at all. Memory does not grow with the length of a video, but for a few bytes for each frame.
 *
 * <pre>{@code
 * try (PoseWriter writer = PoseFormats.of("csv").open(recording, folder, "walk")) {
 *   for (PoseFrame frame : frames) {
 *     writer.write(frame);
 *   }
 *   writer.finish();
 * }
 * }</pre>
 */
public interface PoseWriter extends AutoCloseable {
  /**
   * Adds a frame.
   *
   * @throws IOException if the disk refuses it, or the format cannot say what the frame holds, for
   *     example numbers that are not finite in JSON
   */
  void write(PoseFrame frame) throws IOException;

  /** Completes the files and puts them in their places. No frames may follow. */
  void finish() throws IOException;

  /** What finishing puts in its places, files and folders; to be asked once it is finished. */
  List<Path> written();

  /** Removes what was made, unless it was finished. */
  @Override
  void close() throws IOException;
}
