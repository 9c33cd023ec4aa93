package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes a zip of stored entries, each starting at a multiple of 64 bytes; without dates. */
public final class ZipWriter {
  private static final int ALIGNMENT = 64;

  /** Android's tag for padding. */
  private static final short PADDING = (short) 0xd935;

  private static final short FIRST_OF_1980 = 0x21;

  private record Entry(byte[] name, long position, long size, int crc) {}

  /** Writes an entry's contents. */
  public interface Contents {
    void writeTo(Sink sink) throws IOException;
  }

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();

  /** Writes from the start of an empty file. */
  public ZipWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** Adds an entry and returns the sink that it went through. */
  public Sink add(String name, Contents contents, LongConsumer progress) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    long position = channel.position();
    int gap = Math.floorMod(-(position + 30 + bytes.length), ALIGNMENT);
    int padding = gap > 0 && gap < 4 ? gap + ALIGNMENT : gap;
    channel.position(position + 30 + bytes.length + padding);
    Sink sink = new Sink(channel, progress);
    contents.writeTo(sink);
    long end = channel.position();
    if (end > 0xffffffffL) {
      throw new CheckpointException(
          "expected at most 4 GiB for a zip, found more; choose a folder or .safetensors");
    }
    Entry entry = new Entry(bytes, position, sink.size(), sink.crc());
    ByteBuffer header = buffer(30 + bytes.length + padding);
    header.putInt(0x04034b50).putShort((short) 10);
    describe(header, entry, padding);
    header.put(bytes);
    if (padding > 0) {
      header.putShort(PADDING).putShort((short) (padding - 4));
    }
    write(header.rewind(), position);
    channel.position(end);
    entries.add(entry);
    return sink;
  }

  /** Writes the directory. */
  public void finish() throws IOException {
    long start = channel.position();
    for (Entry entry : entries) {
      ByteBuffer record = buffer(46 + entry.name.length);
      record.putInt(0x02014b50).putShort((short) 10).putShort((short) 10);
      describe(record, entry, 0);
      record.position(42);
      record.putInt((int) entry.position).put(entry.name);
      append(record);
    }
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt((int) (channel.position() - start)).putInt((int) start);
    append(end);
  }

  /** The fields that the local header and the directory share, from the flags on. */
  private static void describe(ByteBuffer out, Entry entry, int extra) {
    out.putShort((short) 0x800).putShort((short) 0);
    out.putShort((short) 0).putShort(FIRST_OF_1980);
    out.putInt(entry.crc).putInt((int) entry.size).putInt((int) entry.size);
    out.putShort((short) entry.name.length).putShort((short) extra);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void append(ByteBuffer bytes) throws IOException {
    long position = channel.position();
    write(bytes.rewind(), position);
    channel.position(position + bytes.capacity());
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
