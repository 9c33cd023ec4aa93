package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before version 1.6, and what OpenMMLab still publishes: five
 * pickles (magic number, protocol, system, object, keys of storages) and then each storage as a
 * count and raw elements.
 */
final class TorchLegacy {
  private static final String MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16).toString();
  private static final long PROTOCOL = 1001;

  private TorchLegacy() {}

  static TorchPickle read(ByteSource source) throws IOException {
    PickleInput in = new PickleInput(source, 0);
    requireMagic(in);
    if (!(run(in) instanceof Py.Plain plain
        && plain.data() instanceof Data.Int protocol
        && protocol.value() == PROTOCOL)) {
      throw PickleMachine.damaged("another version of torch's legacy layout than 1001");
    }
    if (run(in) instanceof Py.Dict system
        && system.values.get("little_endian") instanceof Py.Plain flag
        && flag.data() instanceof Data.Bool littleEndian
        && !littleEndian.value()) {
      throw StateDicts.bigEndian();
    }
    StorageTypes types = new StorageTypes();
    Py top = PickleMachine.run(in, types);
    List<Py> keys = Constructors.sequence(run(in));
    Map<String, ByteSource> blocks = blocks(source, in.position(), keys, types.bytes);
    return new TorchPickle(
        "torch legacy",
        top,
        storage -> {
          ByteSource block = blocks.get(storage.key());
          if (block == null) {
            throw PickleMachine.damaged("a tensor in a storage that is not there");
          }
          return block.bytes(0, block.size());
        });
  }

  private static Py run(PickleInput in) throws IOException {
    return PickleMachine.run(in, new Constructors());
  }

  private static void requireMagic(PickleInput in) throws IOException {
    Py first = run(in);
    if (!(first instanceof Py.Plain plain
        && plain.data() instanceof Data.Opaque number
        && number.arguments().equals(List.of(new Data.Text(MAGIC))))) {
      throw new CheckpointException(
          "expected a checkpoint, found a pickle that torch.save did not write; save the weights"
              + " with torch.save(model.state_dict(), file)");
    }
  }

  private static Map<String, ByteSource> blocks(
      ByteSource source, long start, List<Py> keys, Map<String, Integer> unitBytes)
      throws IOException {
    Map<String, ByteSource> blocks = new HashMap<>();
    long at = start;
    for (Py key : keys) {
      String name = PyText.key(key);
      Integer unit = unitBytes.get(name);
      long count = source.bytes(at, 8).getLong();
      long rest = source.size() - at - 8;
      if (unit == null) {
        throw PickleMachine.damaged("a storage '%s' that no tensor uses".formatted(name));
      }
      if (count < 0 || count > rest / unit) {
        throw new CheckpointException(
            "a storage claims %s elements of %s bytes, but only %s bytes follow; the file is cut"
                    .formatted(Long.toUnsignedString(count), unit, rest)
                + " off or damaged: fetch it again");
      }
      if (blocks.put(name, source.slice(at + 8, count * unit)) != null) {
        throw PickleMachine.damaged("two storages named '%s'".formatted(name));
      }
      at += 8 + count * unit;
    }
    return blocks;
  }

  /** Remembers how large each storage's elements are: the file says so in the pickle alone. */
  private static final class StorageTypes extends Constructors {
    final Map<String, Integer> bytes = new HashMap<>();

    @Override
    Py persistent(Py id) throws CheckpointException {
      Py object = super.persistent(id);
      if (object instanceof Py.Storage storage) {
        int unit = storage.type().bytes();
        Integer before = bytes.putIfAbsent(storage.key(), unit);
        if (before != null && before != unit) {
          throw PickleMachine.damaged("a storage of two element types");
        }
      }
      return object;
    }
  }
}
