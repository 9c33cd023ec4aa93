package io.github.rtmjava.server.load;

import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many of something that lasts are open, in all and of each client. May be used by several
 * threads at once.
 */
public final class Places {
  private static final Duration LATER = Duration.ofSeconds(5);

  private final String what;
  private final int most;
  private final int mostPerClient;
  private final Map<String, Integer> clients = new HashMap<>();
  private int all;

  /**
   * None is taken.
   *
   * @param what is open, for messages: several of them
   * @param most in all
   * @param mostPerClient of one address
   */
  public Places(String what, int most, int mostPerClient) {
    this.what = what;
    this.most = most;
    this.mostPerClient = mostPerClient;
  }

  /** How many are open. */
  public synchronized int taken() {
    return all;
  }

  /**
   * Refuses a client for whom there is no place.
   *
   * @param client its address
   */
  public synchronized void require(String client) {
    if (all >= most) {
      throw new ProblemException(
          Reason.STREAMS_FULL,
          "%s %s are open, which is all that may; try again later".formatted(all, what),
          LATER);
    }
    if (clients.getOrDefault(client, 0) >= mostPerClient) {
      throw new ProblemException(
          Reason.STREAMS_FULL,
          "expected at most %s %s of one address, found more; close another one first"
              .formatted(mostPerClient, what),
          LATER);
    }
  }

  /** Takes a place, or refuses. */
  public synchronized void take(String client) {
    require(client);
    all++;
    clients.merge(client, 1, Integer::sum);
  }

  /** Gives a place back. */
  public synchronized void leave(String client) {
    all--;
    clients.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /**
   * Waits until nothing is open.
   *
   * @return whether nothing is, or the time was too short
   */
  public synchronized boolean awaitNone(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toNanos(); all > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return all == 0;
  }
}
