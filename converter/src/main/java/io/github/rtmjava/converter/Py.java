package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Python object as a pickle builds it. Objects may be shared and may contain themselves; {@link
 * PlainData} makes trees of them.
 */
sealed interface Py {
  /** A number, string or other value without parts. */
  record Plain(Data data) implements Py {}

  /** A tuple. */
  record Tuple(List<Py> values) implements Py {}

  /** A list or set. */
  final class Sequence implements Py {
    final List<Py> values;

    Sequence(List<Py> values) {
      this.values = values;
    }
  }

  /** A dictionary; keys that are no strings as Python prints them. */
  final class Dict implements Py {
    final Map<String, Py> values = new LinkedHashMap<>();
  }

  /** A class or function: a name, nothing more. */
  record Global(String name) implements Py {}

  /** An object of a class outside the table of constructors, with all that was to be done to it. */
  final class Instance implements Py {
    final String type;
    final List<Py> arguments;
    final List<Py> items = new ArrayList<>();
    final Map<String, Py> entries = new LinkedHashMap<>();
    @Nullable Py state;

    Instance(String type, List<Py> arguments) {
      this.type = type;
      this.arguments = arguments;
    }
  }

  /**
   * A block of elements beside the pickle.
   *
   * @param key its name in the file
   * @param type of its elements
   * @param from its first element within the block
   * @param elements number of its elements
   */
  record Storage(String key, ElementType type, long from, long elements) implements Py {}

  /**
   * torch's element type of a storage.
   *
   * @param name torch's name, for example {@code torch.FloatStorage}
   * @param dtype ours; null if tensors cannot have it
   * @param bytes per element
   */
  record ElementType(String name, @Nullable DType dtype, int bytes) {}

  /** A view of a storage: offset and strides in elements. */
  record Tensor(Storage storage, DType dtype, long offset, List<Long> shape, List<Long> strides)
      implements Py {
    private static final Comparator<List<Long>> NUMBERS =
        (a, b) ->
            Arrays.compare(
                a.stream().mapToLong(n -> n).toArray(), b.stream().mapToLong(n -> n).toArray());

    /** Any order in which equal views, and no others, are equal. */
    static final Comparator<Tensor> ORDER =
        Comparator.comparingLong(Tensor::offset)
            .thenComparing(Tensor::shape, NUMBERS)
            .thenComparing(Tensor::strides, NUMBERS)
            .thenComparing(Tensor::dtype)
            .thenComparing(t -> t.storage.key)
            .thenComparing(t -> t.storage.type.name())
            .thenComparingLong(t -> t.storage.from)
            .thenComparingLong(t -> t.storage.elements);
  }

  /** A numpy element type. */
  final class NumpyType implements Py {
    final String code;
    boolean bigEndian;

    NumpyType(String code) {
      this.code = code;
    }
  }

  /** A numpy array, empty until its state is set. */
  final class NumpyArray implements Py {
    List<Long> shape = List.of(0L);
    boolean fortranOrder;
    @Nullable NumpyType type;
    @Nullable Py content;
  }
}
