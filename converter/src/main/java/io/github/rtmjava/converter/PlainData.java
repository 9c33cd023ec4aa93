package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes trees of plain data of Python objects. Large tensors are described, not loaded. Nesting and
 * the size of the tree as a reader would walk it are bounded: a few objects that contain each other
 * can stand for a tree of billions.
 */
final class PlainData {
  private static final int MAX_DEPTH = 200;
  private static final long MAX_NODES = 1_000_000;
  private static final long MAX_TENSOR_BYTES = 1 << 20;

  private record Tree(Data data, int height, long nodes) {}

  /** Height and number of nodes of a tree under construction. */
  private static final class Extent {
    int height;
    long nodes = 1;

    Data add(Tree part) throws CheckpointException {
      height = Math.max(height, part.height);
      nodes += part.nodes;
      if (nodes > MAX_NODES) {
        throw new CheckpointException(
            "expected at most %s values beside the weights, found more; this is no checkpoint"
                .formatted(MAX_NODES));
      }
      return part.data;
    }

    Tree tree(Data data) throws CheckpointException {
      requireDepth(height + 1);
      return new Tree(data, height + 1, nodes);
    }
  }

  private final TensorLoader tensors;
  private final IdentityHashMap<Py, Tree> done = new IdentityHashMap<>();
  private final IdentityHashMap<Py, Boolean> underWay = new IdentityHashMap<>();

  PlainData(TensorLoader tensors) {
    this.tensors = tensors;
  }

  Data of(Py value) throws IOException {
    return tree(value, 0).data;
  }

  private Tree tree(Py value, int depth) throws IOException {
    if (value instanceof Py.Plain plain) {
      return new Tree(plain.data(), 1, 1);
    }
    Tree known = done.get(value);
    if (known != null) {
      return known;
    }
    requireDepth(depth);
    if (underWay.put(value, true) != null) {
      return new Tree(new Data.Opaque("...", List.of(), null), 1, 1);
    }
    Tree tree = make(value, depth + 1);
    underWay.remove(value);
    done.put(value, tree);
    return tree;
  }

  private Tree make(Py value, int depth) throws IOException {
    Extent extent = new Extent();
    if (value instanceof Py.Tuple tuple) {
      return extent.tree(new Data.Items(all(tuple.values(), extent, depth)));
    } else if (value instanceof Py.Sequence sequence) {
      return extent.tree(new Data.Items(all(sequence.values, extent, depth)));
    } else if (value instanceof Py.Dict dict) {
      return extent.tree(entries(dict.values, extent, depth));
    } else if (value instanceof Py.Instance instance) {
      return extent.tree(opaque(instance, extent, depth));
    } else if (value instanceof Py.Tensor tensor) {
      return extent.tree(tensor(tensor));
    } else if (value instanceof Py.NumpyArray array) {
      return extent.tree(array(array, extent, depth));
    } else if (value instanceof Py.Global global) {
      return extent.tree(new Data.Opaque(global.name(), List.of(), null));
    } else if (value instanceof Py.NumpyType type) {
      return extent.tree(new Data.Opaque("numpy.dtype", List.of(new Data.Text(type.code)), null));
    } else if (value instanceof Py.Storage storage) {
      return extent.tree(
          new Data.Opaque(storage.type().name(), List.of(new Data.Int(storage.elements())), null));
    }
    throw new IllegalStateException(value.getClass().getName());
  }

  private List<Data> all(List<Py> values, Extent extent, int depth) throws IOException {
    List<Data> out = new ArrayList<>(values.size());
    for (Py value : values) {
      out.add(extent.add(tree(value, depth)));
    }
    return out;
  }

  private Data.Dict entries(Map<String, Py> entries, Extent extent, int depth) throws IOException {
    Map<String, Data> out = new LinkedHashMap<>();
    for (Map.Entry<String, Py> entry : entries.entrySet()) {
      out.put(entry.getKey(), extent.add(tree(entry.getValue(), depth)));
    }
    return new Data.Dict(out);
  }

  /** What was appended to or put into the object stands behind its arguments. */
  private Data.Opaque opaque(Py.Instance instance, Extent extent, int depth) throws IOException {
    List<Data> arguments = new ArrayList<>(all(instance.arguments, extent, depth));
    if (!instance.items.isEmpty()) {
      arguments.add(new Data.Items(all(instance.items, extent, depth)));
    }
    if (!instance.entries.isEmpty()) {
      arguments.add(entries(instance.entries, extent, depth));
    }
    Py state = instance.state;
    return new Data.Opaque(
        instance.type, arguments, state == null ? null : extent.add(tree(state, depth)));
  }

  private Data tensor(Py.Tensor view) throws IOException {
    Shape shape = TensorSizes.shape(view.shape());
    Py.Storage storage = view.storage();
    if (storage.from() + storage.elements() <= MAX_TENSOR_BYTES / storage.type().bytes()) {
      return new Data.Array(tensors.load(view));
    }
    return new Data.Opaque(
        "torch.Tensor",
        List.of(new Data.Text(view.dtype().name()), new Data.Text(shape.toString())),
        null);
  }

  private Data array(Py.NumpyArray array, Extent extent, int depth) throws IOException {
    Optional<Tensor> tensor = NumpyArrays.tensor(array, tensors.budget());
    if (tensor.isPresent()) {
      return new Data.Array(tensor.get());
    }
    Py.NumpyType type = array.type;
    List<Data> arguments = new ArrayList<>();
    arguments.add(new Data.Text(type == null ? "?" : type.code));
    arguments.add(new Data.Text(array.shape.toString()));
    Py content = array.content;
    return new Data.Opaque(
        "numpy.ndarray", arguments, content == null ? null : extent.add(tree(content, depth)));
  }

  private static void requireDepth(int depth) throws CheckpointException {
    if (depth > MAX_DEPTH) {
      throw new CheckpointException(
          "expected data nested at most %s deep, found deeper; this is no checkpoint"
              .formatted(MAX_DEPTH));
    }
  }
}
