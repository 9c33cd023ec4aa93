package io.github.rtmjava.server.stream;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many streams are open, in all and of each client. */
final class Places {
  private static final Duration LATER = Duration.ofSeconds(5);

  private final ServerLimits limits;
  private final Map<String, Integer> clients = new HashMap<>();
  private int all;

  Places(ServerLimits limits) {
    this.limits = limits;
  }

  /** Number of streams. */
  synchronized int taken() {
    return all;
  }

  /**
   * Refuses a client for whom there is no place.
   *
   * @param client its address
   */
  synchronized void require(String client) {
    if (all >= limits.streams()) {
      throw new ProblemException(
          Reason.STREAMS_FULL,
          "%s streams are open, which is all that may; try again later".formatted(all),
          LATER);
    }
    if (clients.getOrDefault(client, 0) >= limits.streamsPerClient()) {
      throw new ProblemException(
          Reason.STREAMS_FULL,
          "expected at most %s streams of one address, found more; close another one first"
              .formatted(limits.streamsPerClient()),
          LATER);
    }
  }

  /** Takes a place, or refuses. */
  synchronized void take(String client) {
    require(client);
    all++;
    clients.merge(client, 1, Integer::sum);
  }

  /** Gives a place back. */
  synchronized void leave(String client) {
    all--;
    clients.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
  }
}
