package io.github.rtmjava.bundle;

import io.github.rtmjava.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/** Bytes on their way to a file, with their checksums; in blocks, as {@link ByteSource} reads. */
public final class Sink {
  private static final int BLOCK = 1 << 18;

  private final FileChannel channel;
  private final LongConsumer progress;
  private final MessageDigest digest = Sha256.digest();
  private final CRC32 crc = new CRC32();
  private long size;

  /** Writes from the channel's position on; {@code progress} is told of every block's size. */
  public Sink(FileChannel channel, LongConsumer progress) {
    this.channel = channel;
    this.progress = progress;
  }

  public void write(ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    int end = rest.limit();
    while (rest.position() < end) {
      rest.limit(Math.min(end, rest.position() + BLOCK));
      int n = rest.remaining();
      digest.update(rest.duplicate());
      crc.update(rest.duplicate());
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      size += n;
      progress.accept(n);
    }
  }

  long size() {
    return size;
  }

  int crc() {
    return (int) crc.getValue();
  }

  /** SHA-256 of all bytes written; to be asked for once. */
  String sha256() {
    return Sha256.hex(digest);
  }
}
