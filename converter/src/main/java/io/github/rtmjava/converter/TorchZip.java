package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.bundle.Zip;
import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What {@code torch.save} has written since version 1.6: a zip with {@code NAME/data.pkl} and a
 * stored entry {@code NAME/data/KEY} for each storage.
 */
final class TorchZip {
  private static final String PICKLE = "data.pkl";

  private TorchZip() {}

  static TorchPickle read(ByteSource source) throws IOException {
    Zip zip = Zip.open(source);
    String root = root(zip);
    if (zip.entries().containsKey(root + "constants.pkl")) {
      throw new CheckpointException(
          "expected a checkpoint, found a TorchScript archive; save model.state_dict() with"
              + " torch.save instead");
    }
    requireLittleEndian(zip, root);
    Zip.Entry entry = entry(zip, root + PICKLE);
    ByteSource pickle =
        entry.deflated() ? new ByteSource.OfArray(zip.read(entry).array()) : zip.stored(entry);
    Py top = PickleMachine.run(new PickleInput(pickle, 0), new Constructors());
    return new TorchPickle(
        "torch zip", top, storage -> zip.read(entry(zip, root + "data/" + storage.key())));
  }

  private static Optional<String> pickle(Zip zip) {
    return zip.entries().keySet().stream()
        .filter(
            n ->
                n.equals(PICKLE)
                    || (n.indexOf('/') == n.length() - PICKLE.length() - 1 && n.endsWith(PICKLE)))
        .findFirst();
  }

  private static String root(Zip zip) throws CheckpointException {
    String pickle =
        pickle(zip)
            .orElseThrow(
                () -> {
                  List<String> some = zip.entries().keySet().stream().limit(3).toList();
                  return new CheckpointException(
                      "expected a checkpoint, found a zip archive of %s files (%s) without data.pkl;"
                              .formatted(zip.entries().size(), String.join(", ", some))
                          + " name the .pth file itself");
                });
    return pickle.substring(0, pickle.length() - PICKLE.length());
  }

  private static void requireLittleEndian(Zip zip, String root) throws IOException {
    Zip.Entry entry = zip.entries().get(root + "byteorder");
    if (entry == null || entry.size() > 16) {
      return;
    }
    ByteBuffer order = zip.read(entry);
    if (!StandardCharsets.ISO_8859_1.decode(order).toString().equals("little")) {
      throw StateDicts.bigEndian();
    }
  }

  private static Zip.Entry entry(Zip zip, String name) throws CheckpointException {
    Zip.Entry entry = zip.entries().get(name);
    if (entry == null) {
      throw new CheckpointException(
          "the archive lacks its entry %s; the file is damaged: fetch it again".formatted(name));
    }
    return entry;
  }
}
