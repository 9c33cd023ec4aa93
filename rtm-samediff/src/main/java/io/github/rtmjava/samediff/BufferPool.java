package io.github.rtmjava.samediff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory in buffers that arrays take in turn. Used on one thread. */
final class BufferPool implements AutoCloseable {
  private final List<Buffer> buffers = new ArrayList<>();

  /** One block of memory. */
  static final class Buffer {
    private final INDArray memory;
    private boolean taken;

    private Buffer(INDArray memory) {
      this.memory = memory;
    }

    /** An array over the block's start. */
    INDArray array(long... shape) {
      return Nd4j.create(memory.data(), shape, Nd4j.getStrides(shape, 'c'), 0, 'c', DataType.FLOAT);
    }
  }

  /** The smallest free buffer that is large enough, or a new one. */
  Buffer take(long elements) {
    Buffer best = null;
    for (Buffer buffer : buffers) {
      if (!buffer.taken && buffer.memory.length() >= elements && smaller(buffer, best)) {
        best = buffer;
      }
    }
    if (best == null) {
      best = new Buffer(Nd4j.createUninitializedDetached(DataType.FLOAT, elements));
      buffers.add(best);
    }
    best.taken = true;
    return best;
  }

  private static boolean smaller(Buffer buffer, @Nullable Buffer than) {
    return than == null || buffer.memory.length() < than.memory.length();
  }

  void giveBack(Buffer buffer) {
    buffer.taken = false;
  }

  /** Frees all buffers for another plan, whose arrays may overlap those of earlier ones. */
  void giveBackAll() {
    buffers.forEach(this::giveBack);
  }

  @Override
  public void close() {
    buffers.forEach(buffer -> buffer.memory.close());
    buffers.clear();
  }
}
