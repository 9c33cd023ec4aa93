package io.github.rtmjava.output.format.mocap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.files.Unfinished;
import io.github.rtmjava.output.format.LittleEndian;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The numbers of a glTF file, in a temporary file, and the JSON that says where they lie. */
final class GlbBinary implements AutoCloseable {
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_BYTE = 5121;

  private final Unfinished file;
  private final FileChannel channel;
  private final ArrayNode views;
  private final ArrayNode accessors;
  private long size;

  /** Over nothing; the JSON's arrays are added to the object. */
  GlbBinary(Path folder, ObjectNode gltf) throws IOException {
    file = Unfinished.in(folder);
    channel = open(file);
    accessors = gltf.putArray("accessors");
    views = gltf.putArray("bufferViews");
  }

  private static FileChannel open(Unfinished file) throws IOException {
    try {
      return FileChannel.open(
          file.path(),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Bytes so far; always whole words. */
  long size() {
    return size;
  }

  /** Adds an array of floats; the index of its accessor. */
  int floats(String type, float[] values) throws IOException {
    int index = reserve(type, values.length / components(type));
    put(index, 0, values);
    return index;
  }

  /** Adds an array of bytes, four for each element. */
  int bytes(byte[] values) throws IOException {
    int index = accessor("VEC4", UNSIGNED_BYTE, values.length / 4, values.length);
    write(views.get(index).get("byteOffset").asLong(), values);
    return index;
  }

  /** Makes room for floats that come later. */
  int reserve(String type, int count) {
    return accessor(type, FLOAT, count, 4L * components(type) * count);
  }

  /** Puts floats into an accessor's room, from one of them on. */
  void put(int accessor, long from, float[] values) throws IOException {
    write(views.get(accessor).get("byteOffset").asLong() + 4 * from, LittleEndian.floats(values));
  }

  ObjectNode accessor(int index) {
    return (ObjectNode) accessors.get(index);
  }

  ObjectNode view(int index) {
    return (ObjectNode) views.get(index);
  }

  /** States the least and the largest of each component, as positions and times need. */
  void bounds(int accessor, float[] least, float[] most) {
    ArrayNode min = accessor(accessor).putArray("min");
    ArrayNode max = accessor(accessor).putArray("max");
    for (int i = 0; i < least.length; i++) {
      min.add(least[i]);
      max.add(most[i]);
    }
  }

  private int accessor(String type, int component, int count, long bytes) {
    ObjectNode view = views.addObject();
    view.put("buffer", 0).put("byteOffset", size).put("byteLength", bytes);
    int index = accessors.size();
    accessors
        .addObject()
        .put("bufferView", index)
        .put("componentType", component)
        .put("count", count)
        .put("type", type);
    size += bytes;
    return index;
  }

  private static int components(String type) {
    return switch (type) {
      case "SCALAR" -> 1;
      case "VEC3" -> 3;
      case "VEC4" -> 4;
      case "MAT4" -> 16;
      default -> throw new IllegalArgumentException(type);
    };
  }

  private void write(long at, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }

  /** Copies all to a stream. */
  void writeTo(OutputStream out) throws IOException {
    byte[] block = new byte[1 << 16];
    for (long at = 0; at < size; ) {
      int n = channel.read(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, size - at)), at);
      if (n < 0) {
        throw new EOFException(file.path() + ": the temporary file was cut off");
      }
      out.write(block, 0, n);
      at += n;
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      channel.close();
    }
  }
}
