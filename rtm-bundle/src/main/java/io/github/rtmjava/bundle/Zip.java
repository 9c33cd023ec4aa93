package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive by its central directory (PKWARE's APPNOTE, with zip64). Gives the place of stored
 * entries within the file, which {@code java.util.zip} does not. Entries with equal names or
 * overlapping data are refused: no honest writer makes them.
 */
public final class Zip {
  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int MAX_DIRECTORY = 4 << 20;

  /** Deflated data may grow to so many times the archive's size. */
  private static final int MAX_GROWTH = 20;

  private static final long FREE_GROWTH = 16 << 20;

  /**
   * One file in the archive.
   *
   * @param data where its bytes lie, compressed or not
   * @param size bytes after decompression
   * @param crc CRC-32 of those; 0 where the writer did not compute it
   */
  public record Entry(
      String name, boolean deflated, long data, long compressed, long size, long crc) {}

  private final ByteSource source;
  private final Map<String, Entry> entries;
  private long inflated;

  private Zip(ByteSource source, Map<String, Entry> entries) {
    this.source = source;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Files by name, in the directory's order; folders are left out. */
  public Map<String, Entry> entries() {
    return entries;
  }

  /** The bytes of an entry that must be stored, in place. */
  public ByteSource stored(Entry entry) throws IOException {
    if (entry.deflated) {
      throw new CheckpointException(
          "expected the entry %s to be stored, found it compressed; write the zip without"
                  .formatted(entry.name)
              + " compression");
    }
    return source.slice(entry.data, entry.size);
  }

  /** The contents of an entry, inflated where need be, its checksum compared. */
  public ByteBuffer read(Entry entry) throws IOException {
    ByteBuffer contents = entry.deflated ? inflate(entry) : source.bytes(entry.data, entry.size);
    CRC32 crc = new CRC32();
    crc.update(contents.duplicate());
    if (entry.crc != 0 && crc.getValue() != entry.crc) {
      throw new CheckpointException(
          "the checksum of the entry %s is %08x where %08x was promised; the file is damaged:"
                  .formatted(entry.name, crc.getValue(), entry.crc)
              + " fetch it again");
    }
    return contents;
  }

  private ByteBuffer inflate(Entry entry) throws IOException {
    inflated += entry.size;
    if (inflated > FREE_GROWTH + MAX_GROWTH * source.size() || inflated < 0) {
      throw new CheckpointException(
          "the archive's entries claim to inflate to more than %s times its size"
              .formatted(MAX_GROWTH));
    }
    ByteBuffer packed = source.bytes(entry.data, entry.compressed);
    byte[] out = new byte[Math.toIntExact(Math.min(entry.size, Integer.MAX_VALUE - 8))];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      int n = 0;
      while (n < out.length) {
        int more = inflater.inflate(out, n, out.length - n);
        if (more == 0) {
          break;
        }
        n += more;
      }
      boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
      if (n != entry.size || more) {
        throw damaged("an entry that does not inflate to the size it promises");
      }
    } catch (DataFormatException e) {
      throw damaged("compressed data that cannot be inflated");
    } finally {
      inflater.end();
    }
    return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the bytes start as an archive does. */
  public static boolean looksLike(ByteSource source) throws IOException {
    return source.size() >= 4 && source.bytes(0, 4).getInt() == LOCAL;
  }

  /**
   * Reads the directory.
   *
   * @throws CheckpointException if there is none, or it contradicts itself or the file
   */
  public static Zip open(ByteSource source) throws IOException {
    long end = findEnd(source);
    ByteBuffer record = source.bytes(end, 22);
    long count = record.getShort(10) & 0xffff;
    long size = record.getInt(12) & 0xffffffffL;
    long offset = record.getInt(16) & 0xffffffffL;
    if (end >= 20 && source.bytes(end - 20, 4).getInt() == LOCATOR64) {
      long position = source.bytes(end - 20 + 8, 8).getLong();
      ByteBuffer record64 = source.bytes(position, 56);
      if (record64.getInt(0) != END64) {
        throw damaged("a misplaced zip64 directory");
      }
      count = record64.getLong(32);
      size = record64.getLong(40);
      offset = record64.getLong(48);
    }
    if (size > MAX_DIRECTORY || size < 0) {
      throw damaged("a directory of %s bytes".formatted(Long.toUnsignedString(size)));
    }
    ByteBuffer directory = source.bytes(offset, size);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      Entry entry = entry(directory, source);
      if (!entry.name.endsWith("/") && entries.put(entry.name, entry) != null) {
        throw damaged("two entries named " + entry.name);
      }
    }
    requireDisjoint(entries);
    return new Zip(source, entries);
  }

  private static long findEnd(ByteSource source) throws IOException {
    int window = (int) Math.min(source.size(), 22 + 0xffff);
    ByteBuffer tail = source.bytes(source.size() - window, window);
    for (int at = window - 22; at >= 0; at--) {
      if (tail.getInt(at) == END && (tail.getShort(at + 20) & 0xffff) == window - 22 - at) {
        return source.size() - window + at;
      }
    }
    throw new CheckpointException(
        "the zip archive's directory at its end is missing; the file is cut off: fetch it again");
  }

  private static Entry entry(ByteBuffer in, ByteSource source) throws IOException {
    if (in.remaining() < 46 || in.getInt(in.position()) != CENTRAL) {
      throw damaged("a damaged directory");
    }
    int at = in.position();
    int flags = in.getShort(at + 8);
    int method = in.getShort(at + 10) & 0xffff;
    long crc = in.getInt(at + 16) & 0xffffffffL;
    long[] fields = {
      in.getInt(at + 24) & 0xffffffffL,
      in.getInt(at + 20) & 0xffffffffL,
      in.getInt(at + 42) & 0xffffffffL
    };
    int nameLength = in.getShort(at + 28) & 0xffff;
    int extraLength = in.getShort(at + 30) & 0xffff;
    int commentLength = in.getShort(at + 32) & 0xffff;
    int total = 46 + nameLength + extraLength + commentLength;
    if (in.remaining() < total) {
      throw damaged("a damaged directory");
    }
    byte[] nameBytes = new byte[nameLength];
    in.get(at + 46, nameBytes);
    String name = new String(nameBytes, StandardCharsets.UTF_8);
    zip64(in, at + 46 + nameLength, extraLength, fields);
    in.position(at + total);
    if ((flags & 1) != 0) {
      throw new CheckpointException("the zip archive is encrypted; decrypt it first");
    }
    if (method != 0 && method != 8) {
      throw new CheckpointException(
          "expected stored or deflated entries, found %s with compression method %s; pack it anew"
              .formatted(name, method));
    }
    long size = fields[0];
    long compressed = fields[1];
    ByteBuffer local = source.bytes(fields[2], 30);
    if (local.getInt(0) != LOCAL) {
      throw damaged("an entry without a header: " + name);
    }
    long data = fields[2] + 30 + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    source.slice(data, compressed);
    if ((method == 0 && size != compressed) || size < 0) {
      throw damaged("a stored entry of two sizes: " + name);
    }
    return new Entry(name, method == 8, data, compressed, size, crc);
  }

  /** Replaces the fields that do not fit 32 bits: size, compressed size, position. */
  private static void zip64(ByteBuffer in, int start, int length, long[] fields)
      throws CheckpointException {
    int at = start;
    int end = start + length;
    while (at + 4 <= end) {
      int tag = in.getShort(at) & 0xffff;
      int fieldEnd = at + 4 + (in.getShort(at + 2) & 0xffff);
      if (fieldEnd > end) {
        break; // padding, as writers of aligned archives leave it
      }
      if (tag == 1) {
        int value = at + 4;
        for (int i = 0; i < fields.length; i++) {
          if (fields[i] == 0xffffffffL) {
            if (value + 8 > fieldEnd) {
              throw damaged("a zip64 field without its value");
            }
            fields[i] = in.getLong(value);
            value += 8;
          }
        }
      }
      at = fieldEnd;
    }
  }

  private static void requireDisjoint(Map<String, Entry> entries) throws CheckpointException {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(Entry::data));
    for (int i = 1; i < sorted.size(); i++) {
      Entry before = sorted.get(i - 1);
      if (before.data + before.compressed > sorted.get(i).data) {
        throw damaged("entries that overlap: %s and %s".formatted(before.name, sorted.get(i).name));
      }
    }
  }

  private static CheckpointException damaged(String found) {
    return new CheckpointException(
        "expected a sound zip archive, found %s; the file is damaged: fetch it again"
            .formatted(found));
  }
}
