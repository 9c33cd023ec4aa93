package io.github.rtmjava.samediff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory in slots that arrays take in turn. Used on one thread. */
final class Arena implements AutoCloseable {
  private final List<Slot> slots = new ArrayList<>();

  /** One block of memory. */
  static final class Slot {
    private final INDArray memory;
    private boolean taken;

    private Slot(INDArray memory) {
      this.memory = memory;
    }

    /** An array over the block's start. */
    INDArray array(long... shape) {
      return Nd4j.create(memory.data(), shape, Nd4j.getStrides(shape, 'c'), 0, 'c', DataType.FLOAT);
    }
  }

  /** The smallest free slot that is large enough, or a new one. */
  Slot take(long elements) {
    Slot best = null;
    for (Slot slot : slots) {
      if (!slot.taken && slot.memory.length() >= elements && smaller(slot, best)) {
        best = slot;
      }
    }
    if (best == null) {
      best = new Slot(Nd4j.createUninitializedDetached(DataType.FLOAT, elements));
      slots.add(best);
    }
    best.taken = true;
    return best;
  }

  private static boolean smaller(Slot slot, @Nullable Slot than) {
    return than == null || slot.memory.length() < than.memory.length();
  }

  void giveBack(Slot slot) {
    slot.taken = false;
  }

  /** Frees all slots for another plan, whose arrays may overlap those of earlier ones. */
  void giveBackAll() {
    slots.forEach(this::giveBack);
  }

  @Override
  public void close() {
    slots.forEach(slot -> slot.memory.close());
    slots.clear();
  }
}
