package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the pickle of a checkpoint with the operations and types that {@code
 * torch.load(weights_only=True)} allows: plain data, {@code OrderedDict}, tensors as views of
 * storages. Protocol 2, as torch writes it; nothing is memoised.
 */
final class PickleOutput {
  private static final int PROTOCOL = 2;
  private static final Set<String> NUMBERED =
      Set.of("keypoint_id2name", "keypoint_info", "skeleton_info");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleOutput() {
    op(0x80).op(PROTOCOL);
  }

  /** Starts a dictionary, to be filled with texts and values in turn. */
  PickleOutput startDict() {
    return op('}').op('(');
  }

  /** Starts a {@code collections.OrderedDict}. */
  PickleOutput startOrderedDict() {
    return emptyOrderedDict().op('(');
  }

  PickleOutput endDict() {
    return op('u');
  }

  PickleOutput text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    op('X').little(4, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /**
   * What of the data this can write, and other programs read: texts, numbers, truth values, None,
   * and lists and dictionaries of those. Other entries of dictionaries are left out.
   */
  static Data.Dict plain(Data.Dict dict) {
    Map<String, Data> plain = new LinkedHashMap<>();
    dict.values().forEach((key, value) -> plain(value).ifPresent(part -> plain.put(key, part)));
    return new Data.Dict(plain);
  }

  private static Optional<Data> plain(Data data) {
    if (data instanceof Data.Dict dict) {
      return Optional.of(plain(dict));
    } else if (data instanceof Data.Items items) {
      List<Data> parts = items.values().stream().flatMap(part -> plain(part).stream()).toList();
      return parts.size() == items.values().size()
          ? Optional.of(new Data.Items(parts))
          : Optional.empty();
    } else if (data instanceof Data.Bytes
        || data instanceof Data.Array
        || data instanceof Data.Opaque) {
      return Optional.empty();
    }
    return Optional.of(data);
  }

  /**
   * Plain data.
   *
   * @throws IllegalArgumentException for anything that {@link #plain} leaves out
   */
  PickleOutput value(Data data) {
    if (data instanceof Data.None) {
      return op('N');
    } else if (data instanceof Data.Bool bool) {
      return op(bool.value() ? 0x88 : 0x89);
    } else if (data instanceof Data.Int number) {
      return integer(number.value());
    } else if (data instanceof Data.Real number) {
      op('G');
      out.writeBytes(ByteBuffer.allocate(8).putDouble(number.value()).array());
      return this;
    } else if (data instanceof Data.Text text) {
      return text(text.value());
    } else if (data instanceof Data.Items items) {
      op(']').op('(');
      items.values().forEach(this::value);
      return op('e');
    } else if (data instanceof Data.Dict dict) {
      startDict();
      dict.values().forEach((key, value) -> text(key).value(key, value));
      return endDict();
    }
    throw new IllegalArgumentException("no plain data: " + data.getClass().getSimpleName());
  }

  /** Data holds keys as text; those of mmpose's tables are numbers. */
  private PickleOutput value(String name, Data data) {
    if (!NUMBERED.contains(name) || !(data instanceof Data.Dict dict)) {
      return value(data);
    }
    startDict();
    dict.values()
        .forEach(
            (key, value) ->
                (key.matches("[0-9]{1,6}") ? integer(Integer.parseInt(key)) : text(key))
                    .value(value));
    return endDict();
  }

  /** A contiguous tensor that is the whole of the storage of that key. */
  PickleOutput tensor(String storageKey, DType dtype, Shape shape) {
    global("torch._utils", "_rebuild_tensor_v2").op('(');
    op('(').text("storage").global("torch", TorchTensors.storageClass(dtype)).text(storageKey);
    text("cpu").integer(shape.elements()).op('t').op('Q');
    integer(0);
    op('(');
    for (int dim : shape.dims()) {
      integer(dim);
    }
    op('t').op('(');
    List<Long> strides = Views.contiguous(shape);
    strides.forEach(this::integer);
    return op('t').op(0x89).emptyOrderedDict().op('t').op('R');
  }

  /** The pickle, ended. */
  byte[] toBytes() {
    op('.');
    return out.toByteArray();
  }

  private PickleOutput emptyOrderedDict() {
    return global("collections", "OrderedDict").op(')').op('R');
  }

  private PickleOutput global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  private PickleOutput integer(long value) {
    return value == (int) value
        ? op('J').little(4, value)
        : op(0x8a).op(Long.BYTES).little(Long.BYTES, value);
  }

  private PickleOutput op(int code) {
    out.write(code);
    return this;
  }

  private PickleOutput little(int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    out.write(all, 0, bytes);
    return this;
  }
}
