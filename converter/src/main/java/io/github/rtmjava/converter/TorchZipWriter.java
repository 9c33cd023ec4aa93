package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.StoredTensors;
import io.github.rtmjava.bundle.ZipWriter;
import io.github.rtmjava.checkpoint.Data;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes what {@link TorchZip} reads, as {@code torch.save} has written it since version 1.6:
 * {@code {"meta": …, "state_dict": …}} in {@code archive/data.pkl}, each storage in an entry of its
 * own. Names that share a tensor share a storage. Made of plain types alone, so that {@code
 * torch.load(file, weights_only=True)} opens it. Tensors pass through memory one by one.
 */
final class TorchZipWriter {
  private static final String ROOT = "archive/";

  private TorchZipWriter() {}

  static void write(
      FileChannel channel, StoredTensors tensors, Data.Dict meta, LongConsumer progress)
      throws IOException {
    ZipWriter zip = new ZipWriter(channel);
    add(zip, "data.pkl", pickle(tensors, meta));
    add(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    int storage = 0;
    for (StoredTensors.Stored stored : tensors.stored()) {
      zip.add(ROOT + "data/" + storage++, sink -> sink.write(tensors.values(stored)), progress);
    }
    add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  private static void add(ZipWriter zip, String name, byte[] contents) throws IOException {
    zip.add(ROOT + name, sink -> sink.write(ByteBuffer.wrap(contents)), n -> {});
  }

  private static byte[] pickle(StoredTensors tensors, Data.Dict meta) {
    PickleOutput out = new PickleOutput();
    out.startDict()
        .text("meta")
        .value(PickleOutput.plain(meta))
        .text("state_dict")
        .startOrderedDict();
    Map<String, Integer> positions = new HashMap<>();
    List<StoredTensors.Stored> stored = tensors.stored();
    for (int i = 0; i < stored.size(); i++) {
      positions.put(stored.get(i).key(), i);
      tensor(out, stored.get(i).key(), stored.get(i), i);
    }
    tensors
        .aliases()
        .forEach(
            (alias, key) -> {
              int i = positions.getOrDefault(key, 0);
              tensor(out, alias, stored.get(i), i);
            });
    return out.endDict().endDict().toBytes();
  }

  private static void tensor(PickleOutput out, String name, StoredTensors.Stored stored, int i) {
    out.text(name).tensor(Integer.toString(i), stored.dtype(), stored.shape());
  }
}
