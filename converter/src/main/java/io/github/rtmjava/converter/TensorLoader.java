package io.github.rtmjava.converter;

import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Makes tensors of views; each storage is read once, and equal views become one tensor. */
final class TensorLoader {
  private final Storages storages;
  private final CopyBudget budget;
  private final Map<String, ByteBuffer> blocks = new HashMap<>();
  private final Map<Py.Tensor, Tensor> tensors = new HashMap<>();

  TensorLoader(Storages storages, CopyBudget budget) {
    this.storages = storages;
    this.budget = budget;
  }

  CopyBudget budget() {
    return budget;
  }

  Tensor load(Py.Tensor view) throws IOException {
    Tensor known = tensors.get(view);
    if (known != null) {
      return known;
    }
    Py.Storage storage = view.storage();
    int unit = storage.type().bytes();
    ByteBuffer block = blocks.get(storage.key());
    if (block == null) {
      block = storages.read(storage);
      blocks.put(storage.key(), block);
    }
    long held = block.limit() / unit;
    if (storage.from() > held || storage.elements() > held - storage.from()) {
      throw PickleMachine.damaged(
          "a storage '%s' of %d bytes where %d elements of %d bytes were promised"
              .formatted(storage.key(), block.limit(), storage.from() + storage.elements(), unit));
    }
    ByteBuffer part = block.slice((int) (storage.from() * unit), (int) (storage.elements() * unit));
    Shape shape = Views.shape(view.shape());
    Tensor tensor =
        Tensor.over(
            view.dtype(),
            shape,
            Views.gather(
                part.order(block.order()),
                view.dtype(),
                view.offset(),
                shape,
                view.strides(),
                budget));
    tensors.put(view, tensor);
    return tensor;
  }

  /** The blocks of elements of a file. */
  interface Storages {
    /** All bytes of the block that the storage is in. */
    ByteBuffer read(Py.Storage storage) throws IOException;
  }
}
