package io.github.rtmjava.server.model;

import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.load.PictureCost;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model that somebody uses, until it is closed. */
public final class ServedModel implements AutoCloseable {
  private final ModelPool pool;
  private final Slot slot;
  private final PoseInferencer inferencer;
  private final AtomicBoolean closed = new AtomicBoolean();

  ServedModel(ModelPool pool, Slot slot, PoseInferencer inferencer) {
    this.pool = pool;
    this.slot = slot;
    this.inferencer = inferencer;
  }

  /** The name by which requests ask for it. */
  public String name() {
    return slot.name;
  }

  /** Finds poses; it is the pool's to close. */
  public PoseInferencer inferencer() {
    return inferencer;
  }

  /** How long its pictures take. */
  public PictureCost cost() {
    return slot.cost;
  }

  /** Gives it back; nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      pool.leave(slot);
    }
  }
}
