package io.github.rtmjava.server.load;

import java.util.concurrent.atomic.AtomicReference;

/** The place of a request among those that are taken in. */
public final class Ticket implements AutoCloseable {
  private final Admission admission;
  private final PictureCost cost;
  private final int count;
  private final double nanos;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

  private enum Stage {
    WAITING,
    BEGUN,
    OVER
  }

  /** As the bytes, guarded by the admission's monitor. */
  private boolean closed;

  private long bytes;

  Ticket(Admission admission, PictureCost cost, int count, long bytes) {
    this.admission = admission;
    this.cost = cost;
    this.count = count;
    this.bytes = bytes;
    this.nanos = count * cost.nanos();
  }

  /**
   * Says how many bytes it holds after all.
   *
   * @throws io.github.rtmjava.server.web.ProblemException if there is no room for more
   * @throws java.util.concurrent.CancellationException if it is closed already
   */
  public void resize(long size) {
    admission.resize(this, size);
  }

  int count() {
    return count;
  }

  double nanos() {
    return nanos;
  }

  long bytes() {
    return bytes;
  }

  void setBytes(long size) {
    bytes = size;
  }

  /** Says how long it took to decode one of the pictures. */
  void decoded(long took) {
    cost.decoded(took);
  }

  /** Tells that the networks have the pictures now; nothing once they are over. */
  public void begun() {
    if (stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
      cost.begin(count);
    }
  }

  /** Tells that the pictures have been computed, whose time counts for those to come. */
  public void computed() {
    end(/* computed= */ true);
  }

  /** Gives the place back, whatever has become of the pictures; nothing the second time. */
  @Override
  public void close() {
    end(/* computed= */ false);
    admission.release(this);
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether it was not closed before. */
  boolean closeOnce() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private void end(boolean computed) {
    if (stage.getAndSet(Stage.OVER) == Stage.BEGUN) {
      cost.end(count, computed);
    }
  }
}
