package io.github.rtmjava.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of one of Hadoop's file systems, to be read at any place. */
final class HadoopChannel implements SeekableByteChannel {
  private static final int MOST = 1 << 18;

  private final FSDataInputStream stream;
  private final long size;
  private boolean open = true;

  private HadoopChannel(FSDataInputStream stream, long size) {
    this.stream = stream;
    this.size = size;
  }

  static HadoopChannel open(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    long size = files.getFileStatus(path).getLen();
    return new HadoopChannel(files.open(path), size);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    byte[] bytes = new byte[Math.min(MOST, target.remaining())];
    int count = stream.getPos() >= size ? -1 : stream.read(bytes);
    if (count > 0) {
      target.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    return stream.getPos();
  }

  /** At the end at most, where there is nothing more to be read. */
  @Override
  public SeekableByteChannel position(long place) throws IOException {
    requireOpen();
    stream.seek(Math.min(place, size));
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    stream.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long length) {
    throw new NonWritableChannelException();
  }
}
