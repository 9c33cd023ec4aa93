package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.BundleWeights;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a checkpoint or bundle: all described at once, each read when it is asked for and
 * never kept. The file stays open.
 */
final class TensorFile implements Closeable {
  /** One tensor, to be read while the file is open. */
  record Entry(DType dtype, Shape shape, Reading reading) {
    Tensor read() throws IOException {
      return reading.read();
    }
  }

  private interface Reading {
    Tensor read() throws IOException;
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Closeable file;

  private TensorFile(Closeable file) {
    this.file = file;
  }

  /** All tensors by name. */
  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * Opens a bundle, or a checkpoint of any network.
   *
   * @throws CheckpointException as {@link Bundles#open} and {@link Checkpoints#read}
   */
  static TensorFile open(Path path) throws IOException {
    return CheckpointException.naming(
        path,
        () ->
            Files.isDirectory(path) || Bundles.isBundle(path)
                ? ofBundle(path)
                : ofCheckpoint(path));
  }

  private static TensorFile ofBundle(Path path) throws IOException {
    TensorFile tensors = new TensorFile(() -> {}); // a bundle opens its file for every tensor
    BundleWeights weights = Bundles.opened(path).weights();
    for (String key : weights.keys()) {
      Safetensors.Place place = weights.place(key);
      tensors.entries.put(key, new Entry(place.dtype(), place.shape(), () -> weights.get(key)));
    }
    return tensors;
  }

  private static TensorFile ofCheckpoint(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    TensorFile tensors = new TensorFile(channel);
    try {
      tensors.describe(new ByteSource.OfFile(channel, channel.size()));
      return tensors;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private void describe(ByteSource source) throws IOException {
    switch (Checkpoints.layout(source)) {
      case TORCH_ZIP -> describe(TorchZip.read(source), source);
      case TORCH_LEGACY -> describe(TorchLegacy.read(source), source);
      case SAFETENSORS -> describe(Safetensors.open(source));
    }
  }

  private void describe(TorchPickle pickle, ByteSource source) throws IOException {
    for (Map.Entry<String, Py.Tensor> named : StateDicts.views(pickle.top()).entrySet()) {
      Py.Tensor view = named.getValue();
      entries.put(
          named.getKey(),
          new Entry(
              view.dtype(),
              TensorSizes.shape(view.shape()),
              () -> new TensorLoader(pickle.storages(), new CopyBudget(source.size())).load(view)));
    }
  }

  private void describe(Safetensors file) throws IOException {
    for (Map.Entry<String, Safetensors.Place> named : file.places().entrySet()) {
      Safetensors.Place place = named.getValue();
      StateDicts.put(
          entries, named.getKey(), new Entry(place.dtype(), place.shape(), () -> file.read(place)));
    }
    for (Map.Entry<String, String> alias : file.aliases().entrySet()) {
      Entry shared = entries.get(alias.getValue());
      if (shared != null) {
        StateDicts.put(entries, alias.getKey(), shared);
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
