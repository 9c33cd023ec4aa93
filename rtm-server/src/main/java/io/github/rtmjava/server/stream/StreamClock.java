package io.github.rtmjava.server.stream;

/**
 * The time of a stream in seconds, which always goes on: by the client's stamps, or by when frames
 * arrive where stamps stand still, go back or leap.
 */
final class StreamClock {
  private static final double LONGEST_STEP = 10;
  private static final double SHORTEST_STEP = 1e-3;

  private boolean running;
  private double stamp;
  private long arrival;
  private double time;

  /** The time of the next frame; 0 for the first one. */
  double next(FrameMessage frame) {
    if (running) {
      double step = (frame.stamp() - stamp) / 1e3;
      boolean likely = step > 0 && step <= LONGEST_STEP;
      time += Math.max(SHORTEST_STEP, likely ? step : (frame.arrival() - arrival) / 1e9);
    }
    running = true;
    stamp = frame.stamp();
    arrival = frame.arrival();
    return time;
  }
}
