package io.github.rtmjava.server.load;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Takes in what will be done in time and refuses the rest at once, before anything is computed of
 * it. How long things take is measured all the time, for each model: what waits is worth so much
 * time, and who would wait longer than the limit, or than the request allows, is better told so
 * now.
 *
 * <p>May be used by several threads at once.
 */
public final class Admission {
  private final ServerLimits limits;
  private final ServerMetrics metrics;
  private int pictures;
  private double waitingNanos;
  private long bytes;
  private boolean closed;

  /** For a service with these limits, measured there. */
  public Admission(ServerLimits limits, ServerMetrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
    metrics.gauge("rtm_queue_pictures", "Pictures that wait or are computed", this::pictures);
    metrics.gauge("rtm_queue_bytes", "Bytes of bodies in memory", this::bytes);
    metrics.gauge(
        "rtm_queue_seconds", "How long a picture would wait", () -> forecast().toMillis() / 1e3);
  }

  /**
   * Takes a picture in.
   *
   * @param cost of a picture with its model
   * @param count of pictures
   * @param size bytes that it holds in memory
   * @param deadline by which it has to be begun with
   * @return its place, to be closed when it is done
   * @throws ProblemException if it is refused
   */
  public Ticket admit(PictureCost cost, int count, long size, Deadline deadline) {
    synchronized (this) {
      Duration forecast = forecast();
      if (closed) {
        throw new ProblemException(
            Reason.UNAVAILABLE, "the service is about to end; ask another one");
      }
      if (pictures + count > limits.queue() && pictures > 0) {
        throw new ProblemException(
            Reason.QUEUE_FULL,
            "%s pictures are waiting, which is all that may; try again later".formatted(pictures),
            atLeastASecond(forecast));
      }
      requireBytes(size, forecast);
      // Somebody for whom nobody has to wait is never too late because of others.
      if (pictures > 0
          && (forecast.compareTo(limits.patience()) > 0
              || forecast.toNanos() > deadline.remainingNanos())) {
        throw new ProblemException(
            Reason.TOO_LATE,
            "it would have to wait for about %s ms; try again later".formatted(forecast.toMillis()),
            atLeastASecond(forecast));
      }
      if (deadline.hasPassed()) {
        throw new ProblemException(Reason.TOO_LATE, "the time that it allows has passed already");
      }
      Ticket ticket = new Ticket(this, cost, count, size);
      pictures += count;
      bytes += size;
      waitingNanos += ticket.nanos();
      return ticket;
    }
  }

  private void requireBytes(long size, Duration forecast) {
    if (bytes + size > limits.bytes() && bytes > 0) {
      throw new ProblemException(
          Reason.MEMORY_FULL,
          "the bodies of other requests fill the memory that they may; try again later",
          atLeastASecond(forecast));
    }
  }

  /** Lets a picture hold more, or less, than it said. */
  synchronized void resize(Ticket ticket, long size) {
    if (ticket.isClosed()) {
      throw new CancellationException("its place has been given back");
    }
    if (size > ticket.bytes()) {
      requireBytes(size - ticket.bytes(), forecast());
    }
    bytes += size - ticket.bytes();
    ticket.setBytes(size);
  }

  synchronized void release(Ticket ticket) {
    if (!ticket.closeOnce()) {
      return;
    }
    pictures -= ticket.count();
    bytes -= ticket.bytes();
    waitingNanos = pictures == 0 ? 0 : Math.max(0, waitingNanos - ticket.nanos());
    notifyAll();
  }

  private static Duration atLeastASecond(Duration forecast) {
    return forecast.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : forecast;
  }

  /** How long a picture that came now would wait for those that are there. */
  public synchronized Duration forecast() {
    return Duration.ofNanos((long) waitingNanos);
  }

  /** Pictures that wait or are computed. */
  public synchronized int pictures() {
    return pictures;
  }

  private synchronized long bytes() {
    return bytes;
  }

  /** What it counts and measures. */
  ServerMetrics metrics() {
    return metrics;
  }

  /**
   * Lets pictures go first: waits until none is waiting or being computed, for work that nobody
   * waits for at the other end of a connection.
   *
   * @param patience after which it may go on nevertheless
   */
  public void giveWay(Duration patience) throws InterruptedException {
    awaitIdle(patience);
  }

  /** Takes nothing in any more. */
  public synchronized void close() {
    closed = true;
  }

  /** Whether it takes nothing in any more. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Waits until all that was taken in is done.
   *
   * @return whether it is, or the time was too short
   */
  public synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (pictures > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return true;
  }
}
