package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes tensors of views; each storage is read once, and equal views become one tensor. */
final class TensorLoader {
  private final Storages storages;
  private final CopyBudget budget;
  private final Map<String, ByteBuffer> blocks = new HashMap<>();

  /** Sorted, since views can be made whose hash codes are all the same. */
  private final Map<Py.Tensor, Tensor> tensors = new TreeMap<>(Py.Tensor.ORDER);

  private final Map<String, Integer> expected = new HashMap<>();

  TensorLoader(Storages storages, CopyBudget budget) {
    this.storages = storages;
    this.budget = budget;
  }

  CopyBudget budget() {
    return budget;
  }

  /**
   * Announces one later load of a view. A storage is let go with the last load announced, so that
   * views that must be copied are not in memory twice for long.
   */
  void expect(Py.Tensor view) {
    expected.merge(view.storage().key(), 1, Integer::sum);
  }

  Tensor load(Py.Tensor view) throws IOException {
    Tensor tensor = tensors.get(view);
    if (tensor == null) {
      tensor = make(view);
      tensors.put(view, tensor);
    }
    String key = view.storage().key();
    Integer left = expected.computeIfPresent(key, (k, n) -> n - 1);
    if (left != null && left == 0) {
      expected.remove(key);
      blocks.remove(key);
    }
    return tensor;
  }

  private Tensor make(Py.Tensor view) throws IOException {
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
          "a storage '%s' of %s bytes where %s elements of %s bytes were promised"
              .formatted(storage.key(), block.limit(), storage.from() + storage.elements(), unit));
    }
    ByteBuffer part = block.slice((int) (storage.from() * unit), (int) (storage.elements() * unit));
    Shape shape = TensorSizes.shape(view.shape());
    return Tensor.over(
        view.dtype(),
        shape,
        Views.gather(
            part.order(block.order()), view.dtype(), view.offset(), shape, view.strides(), budget));
  }

  /** The blocks of elements of a file. */
  interface Storages {
    /** All bytes of the block that the storage is in. */
    ByteBuffer read(Py.Storage storage) throws IOException;
  }
}
