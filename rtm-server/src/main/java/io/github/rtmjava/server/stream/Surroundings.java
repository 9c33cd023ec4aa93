package io.github.rtmjava.server.stream;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.load.Turns;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.recording.Recordings;
import java.util.concurrent.Executor;

/**
 * What all streams of a service share.
 *
 * @param workers decode frames and write answers
 * @param turns of frames, of all connections
 */
record Surroundings(
    Admission admission,
    Recordings recordings,
    ServerLimits limits,
    ServerMetrics metrics,
    Executor workers,
    Turns turns) {

  /** What became of a frame. */
  void count(String result) {
    metrics.count("rtm_stream_frames", "Frames of streams", "result", result);
  }

  void picture(String model, int people) {
    metrics.picture(model, people);
  }

  void took(ServerMetrics.Stage stage, long nanos) {
    metrics.took(stage, nanos);
  }
}
