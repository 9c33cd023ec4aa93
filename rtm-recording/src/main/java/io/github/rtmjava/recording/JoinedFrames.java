package io.github.rtmjava.recording;

import io.github.rtmjava.motion.refine.Refinement;
import io.github.rtmjava.motion.track.Tracker;
import io.github.rtmjava.motion.track.TrackerOptions;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes one video of frames that were looked at in parts: people are recognised in all of them in
 * their order, and then made smooth, as where one program looks at all. No network is needed for
 * that.
 *
 * <p>For one thread.
 */
public final class JoinedFrames implements AutoCloseable {
  private final Path folder;
  private final RecordingOptions options;
  private final RecordedFrames recorded;
  private final @Nullable Tracker tracker;

  private JoinedFrames(Path folder, RecordingOptions options, RecordedFrames recorded) {
    this.folder = folder;
    this.options = options;
    this.recorded = recorded;
    TrackerOptions tracking = options.following().tracker();
    tracker = tracking == null ? null : new Tracker(tracking);
  }

  /**
   * Begins with none.
   *
   * @param folder for temporary files
   * @param recording what they are of
   */
  public static JoinedFrames begin(Path folder, Recording recording, RecordingOptions options)
      throws IOException {
    return new JoinedFrames(
        folder,
        options,
        RecordedFrames.begin(folder, recording, options, /* live= */ false, /* file= */ null));
  }

  /** Adds the next frame of the video. */
  public void add(SeenFrame frame) throws IOException {
    PoseFrame poses = frame.poses();
    recorded.add(
        tracker == null || frame.problem() != null
            ? poses
            : poses.with(tracker.step(poses.time(), poses.result())));
  }

  /** How many there are. */
  public int size() {
    return recorded.size();
  }

  /**
   * All are there.
   *
   * @return what is made of them; to be closed before this
   * @throws IOException if the floor cannot be found in the frames, or the disk is full
   */
  public Refinement complete() throws IOException {
    return Refinement.of(
        recorded.complete(() -> {}), recorded.recording(), options.refining(), folder);
  }

  @Override
  public void close() throws IOException {
    recorded.close();
  }
}
