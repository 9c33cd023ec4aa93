package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.LittleEndian;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The parameter section of a C3D file: groups of named values, little-endian. */
final class C3dParameters {
  static final int BLOCK = 512;
  private static final int MARK = 0x50;
  private static final int INTEL = 84;
  private static final int CHARACTERS = -1;
  private static final int INTEGERS = 2;
  private static final int FLOATS = 4;

  /** The most that one dimension can be: it is kept in a byte. */
  static final int MOST = 255;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int groups;

  C3dParameters() {
    // Number of blocks, set at the end, and the kind of processor.
    out.writeBytes(new byte[] {1, MARK, 0, INTEL});
  }

  /** Begins a group, to which the following parameters belong. */
  C3dParameters group(String name, String description) {
    groups++;
    start(name, -groups);
    out.writeBytes(LittleEndian.shorts(description.length() + 3));
    text(description);
    return this;
  }

  C3dParameters integers(String name, int... values) {
    return parameter(name, INTEGERS, dimensions(values.length), LittleEndian.shorts(values));
  }

  C3dParameters floats(String name, float... values) {
    return parameter(name, FLOATS, dimensions(values.length), LittleEndian.floats(values));
  }

  C3dParameters string(String name, String value) {
    byte[] bytes = ascii(value);
    return parameter(name, CHARACTERS, new int[] {bytes.length}, bytes);
  }

  /** Strings of one length, filled up with blanks; more than {@value #MOST} go on in name2 etc. */
  C3dParameters strings(String name, List<String> values) {
    for (int from = 0; from == 0 || from < values.size(); from += MOST) {
      List<String> some = values.subList(from, Math.min(values.size(), from + MOST));
      int length = some.stream().mapToInt(value -> ascii(value).length).max().orElse(0);
      byte[] data = new byte[length * some.size()];
      Arrays.fill(data, (byte) ' ');
      for (int i = 0; i < some.size(); i++) {
        byte[] bytes = ascii(some.get(i));
        System.arraycopy(bytes, 0, data, i * length, bytes.length);
      }
      String suffix = from == 0 ? "" : String.valueOf(1 + from / MOST);
      parameter(name + suffix, CHARACTERS, new int[] {length, some.size()}, data);
    }
    return this;
  }

  private C3dParameters parameter(String name, int type, int[] dimensions, byte[] data) {
    start(name, groups);
    int rest = 2 + 1 + 1 + dimensions.length + data.length + 1;
    out.writeBytes(LittleEndian.shorts(rest));
    out.write(type);
    out.write(dimensions.length);
    for (int dimension : dimensions) {
      out.write(dimension);
    }
    out.writeBytes(data);
    text("");
    return this;
  }

  private void start(String name, int group) {
    out.write(name.length());
    out.write(group);
    out.writeBytes(ascii(name));
  }

  private void text(String value) {
    out.write(value.length());
    out.writeBytes(ascii(value));
  }

  /** A single value has no dimension. */
  private static int[] dimensions(int count) {
    return count == 1 ? new int[0] : new int[] {count};
  }

  private static byte[] ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return bytes.length > MOST ? Arrays.copyOf(bytes, MOST) : bytes;
  }

  /** The section, in whole blocks. */
  byte[] toByteArray() {
    byte[] bytes = out.toByteArray();
    // Two zeros end the list.
    int blocks = (bytes.length + 2 + BLOCK - 1) / BLOCK;
    byte[] section = Arrays.copyOf(bytes, blocks * BLOCK);
    section[2] = (byte) blocks;
    return section;
  }
}
