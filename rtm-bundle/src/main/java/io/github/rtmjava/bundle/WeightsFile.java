package io.github.rtmjava.bundle;

import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;

/** The place that a bundle's tensors are read from, again and again. */
sealed interface WeightsFile {
  Tensor read(Safetensors.Place place) throws IOException;

  String sha256() throws IOException;

  private static String sha256(ByteSource source) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer block = ByteBuffer.allocate(1 << 18);
    for (long at = 0; at < source.size(); at += block.limit()) {
      block.clear().limit((int) Math.min(block.capacity(), source.size() - at));
      source.read(at, block);
      digest.update(block.flip());
    }
    return Sha256.hex(digest);
  }

  /** Weights in memory. */
  record InMemory(ByteSource source) implements WeightsFile {
    @Override
    public Tensor read(Safetensors.Place place) throws IOException {
      return Safetensors.read(source, place);
    }

    @Override
    public String sha256() throws IOException {
      return WeightsFile.sha256(source);
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
        return WeightsFile.sha256(source(channel));
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
