package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.bundle.Safetensors;
import io.github.rtmjava.bundle.Zip;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads checkpoint files: what {@code torch.save} writes, in the legacy and the zip layout, and
 * {@code .safetensors}. The contents decide, not the name.
 *
 * <p>Nothing in a file can run code, and nothing is allocated before its size has been compared
 * with the bytes that are there. The weights are held once, in heap buffers; the file is closed.
 */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Reads a whole file.
   *
   * @throws CheckpointException if it is no checkpoint, is damaged, or holds no weights; the
   *     message is one line that says what was found and what to do
   * @throws IOException if the file cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    return CheckpointException.naming(file, () -> readFile(file));
  }

  private static Checkpoint readFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CheckpointException(
          "expected a checkpoint file, found a folder; name the .pth file in it");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(
          String.valueOf(file.getFileName()), new ByteSource.OfFile(channel, channel.size()));
    }
  }

  /** Reads a whole file that lies in memory; {@code name} stands in messages. */
  static Checkpoint read(String name, ByteSource source) throws IOException {
    return CheckpointException.naming(name, () -> readWithin(name, source));
  }

  private static Checkpoint readWithin(String name, ByteSource source) throws IOException {
    try {
      return dispatch(name, source);
    } catch (OutOfMemoryError e) {
      throw new CheckpointException(
          "a checkpoint of %s MB needs more memory than the %s MB that java has; give it a larger -Xmx"
              .formatted(source.size() >> 20, Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private static Checkpoint dispatch(String name, ByteSource source) throws IOException {
    return switch (layout(source)) {
      case TORCH_ZIP -> Prefixes.unwrap(torch(name, TorchZip.read(source), source));
      case TORCH_LEGACY -> Prefixes.unwrap(torch(name, TorchLegacy.read(source), source));
      case SAFETENSORS -> Prefixes.unwrap(safetensors(name, Safetensors.open(source)));
    };
  }

  /** How a file of weights is written. */
  enum Layout {
    TORCH_ZIP,
    TORCH_LEGACY,
    SAFETENSORS
  }

  /**
   * The layout that the first bytes show.
   *
   * @throws CheckpointException if it is none of ours; the message says what it is instead
   */
  static Layout layout(ByteSource source) throws IOException {
    if (source.size() == 0) {
      throw new CheckpointException("expected a checkpoint, found an empty file; fetch it again");
    }
    ByteBuffer start = source.bytes(0, Math.min(source.size(), 2));
    if (Zip.looksLike(source)) {
      return Layout.TORCH_ZIP;
    }
    if (Safetensors.looksLike(source)) {
      return Layout.SAFETENSORS;
    }
    if (isPickle(start)) {
      return Layout.TORCH_LEGACY;
    }
    throw Foreign.describe(source);
  }

  private static Checkpoint torch(String name, TorchPickle file, ByteSource source)
      throws IOException {
    return StateDicts.checkpoint(
        name,
        file.layout(),
        file.top(),
        new TensorLoader(file.storages(), new CopyBudget(source.size())));
  }

  /** Protocol 2 and later start with their number, earlier ones with the magic number in digits. */
  private static boolean isPickle(ByteBuffer start) {
    return switch (start.remaining() < 2 ? 0 : start.get(0) & 0xff) {
      case 0x80 -> start.get(1) <= 5;
      case 'L' -> Character.isDigit(start.get(1));
      default -> false;
    };
  }

  private static Checkpoint safetensors(String name, Safetensors file) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Safetensors.Place> place : file.places().entrySet()) {
      StateDicts.put(tensors, place.getKey(), file.read(place.getValue()));
    }
    for (Map.Entry<String, String> alias : file.aliases().entrySet()) {
      Tensor shared = tensors.get(alias.getValue());
      if (shared != null) {
        StateDicts.put(tensors, alias.getKey(), shared);
      }
    }
    if (tensors.isEmpty()) {
      throw new CheckpointException("expected tensors, found a safetensors file without any");
    }
    Map<String, Data> meta = new LinkedHashMap<>();
    file.metadata().forEach((key, text) -> meta.put(key, new Data.Text(text)));
    return new Checkpoint(name, "safetensors", tensors, new Data.Dict(meta), Data.Dict.EMPTY);
  }
}
