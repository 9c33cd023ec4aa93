package io.github.rtmjava.converter.fuzz;

import io.github.rtmjava.converter.testing.PickleWriter;
import io.github.rtmjava.converter.testing.TorchFiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that attacks are made of. */
final class AttackFiles {
  /** Bytes of the one storage. */
  static final int STORAGE = 48;

  private AttackFiles() {}

  /** A zip checkpoint with that pickle and one storage of twelve floats. */
  static byte[] checkpoint(PickleWriter pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle.toBytes());
    entries.put("a/data/0", new byte[STORAGE]);
    return TorchFiles.archive(entries);
  }

  /** A checkpoint that holds, beside a tensor, what {@code inside} leaves on the stack. */
  static byte[] beside(PickleWriter inside) {
    byte[] body = inside.toBytes();
    PickleWriter whole = new PickleWriter().op('}').value("x");
    for (int i = 2; i < body.length - 1; i++) { // without protocol and STOP
      whole.op(body[i] & 0xff);
    }
    return checkpoint(withTensor(whole.op('s')));
  }

  /** Adds a sound tensor to the dictionary on top of the stack. */
  static PickleWriter withTensor(PickleWriter pickle) {
    return pickle.value("weight").value(view(0L, List.of(12L), List.of(1L))).op('s');
  }

  /** A dictionary of one tensor. */
  static PickleWriter dictionaryOf(Object tensor) {
    return new PickleWriter().op('}').value("weight").value(tensor).op('s');
  }

  /** A view of the storage, which has twelve floats. */
  static PickleWriter.Call view(long offset, List<Long> shape, List<Long> strides) {
    return view(storage("FloatStorage", "0", 12L), offset, shape, strides);
  }

  static PickleWriter.Call view(Object storage, long offset, List<Long> shape, List<Long> strides) {
    return new PickleWriter.Call(
        new PickleWriter.Global("torch._utils", "_rebuild_tensor_v2"),
        Arrays.asList(
            storage, offset, new PickleWriter.Tuple(shape), new PickleWriter.Tuple(strides)));
  }

  static PickleWriter.Persistent storage(String type, String key, Object elements) {
    return new PickleWriter.Persistent(
        Arrays.asList("storage", new PickleWriter.Global("torch", type), key, "cpu", elements));
  }
}
