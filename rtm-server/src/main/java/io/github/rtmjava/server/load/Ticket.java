package io.github.rtmjava.server.load;

import java.util.concurrent.atomic.AtomicBoolean;

/** The place of a request among those that are taken in. */
public final class Ticket implements AutoCloseable {
  private final Admission admission;
  private final PictureCost cost;
  private final int count;
  private final double nanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private long bytes;

  Ticket(Admission admission, PictureCost cost, int count, long bytes) {
    this.admission = admission;
    this.cost = cost;
    this.count = count;
    this.bytes = bytes;
    this.nanos = count * cost.nanos();
    cost.begin(count);
  }

  /**
   * Says how many bytes it holds after all.
   *
   * @throws io.github.rtmjava.server.web.ProblemException if there is no room for more
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

  /** Tells that the pictures have been computed, whose time counts for those to come. */
  public void computed() {
    end(/* computed= */ true);
  }

  /** Gives the place back, whatever has become of the pictures; nothing the second time. */
  @Override
  public void close() {
    end(/* computed= */ false);
    if (closed.compareAndSet(false, true)) {
      admission.release(this);
    }
  }

  private void end(boolean computed) {
    if (ended.compareAndSet(false, true)) {
      cost.end(count, computed);
    }
  }
}
