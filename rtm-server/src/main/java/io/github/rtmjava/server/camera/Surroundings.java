package io.github.rtmjava.server.camera;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.recording.Recordings;
import java.util.concurrent.Executor;

/**
 * What all cameras of a service share.
 *
 * @param workers make people smooth, and messages
 */
public record Surroundings(
    ModelPool models,
    Admission admission,
    Recordings recordings,
    ServerLimits limits,
    ServerMetrics metrics,
    Executor workers) {

  /** What became of a frame. */
  void count(String camera, String result) {
    metrics.count(
        "rtm_camera_frames", "Frames of cameras at the server", "camera", camera, "result", result);
  }
}
