package io.github.rtmjava.bundle;

import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** The place that a bundle's tensors are read from, again and again. */
sealed interface WeightsFile {
  Tensor read(Safetensors.Place place) throws IOException;

  String sha256() throws IOException;

  /** Weights in memory. */
  record InMemory(ByteSource source) implements WeightsFile {
    @Override
    public Tensor read(Safetensors.Place place) throws IOException {
      return Safetensors.read(source, place);
    }

    @Override
    public String sha256() throws IOException {
      return Digests.of(source);
    }
  }

  /**
   * Weights in a file, or in a part of one. It is opened for each tensor, so that nothing needs
   * closing and nothing keeps it from being replaced; but when it is replaced, its weights are
   * gone.
   */
  record OnDisk(Path path, long start, long size, long fileSize, FileTime modified)
      implements WeightsFile {

    static OnDisk of(Path path, long start, long size) throws IOException {
      return new OnDisk(path, start, size, Files.size(path), Files.getLastModifiedTime(path));
    }

    @Override
    public Tensor read(Safetensors.Place place) throws IOException {
      try (FileChannel channel = open()) {
        return Safetensors.read(source(channel), place);
      }
    }

    @Override
    public String sha256() throws IOException {
      try (FileChannel channel = open()) {
        return Digests.of(source(channel));
      }
    }

    private ByteSource source(FileChannel channel) throws IOException {
      return new ByteSource.OfFile(channel, fileSize).slice(start, size);
    }

    private FileChannel open() throws IOException {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != fileSize || !Files.getLastModifiedTime(path).equals(modified)) {
        channel.close();
        throw new IOException(
            path + " was changed since the model was opened; open the model again");
      }
      return channel;
    }
  }
}
