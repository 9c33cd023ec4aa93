package io.github.rtmjava.output.format.mocap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads C3D files of floats as the C3D File Format User Guide (c3d.org) describes them. */
public final class C3dReader {
  private final ByteBuffer file;
  private final Map<String, Object> parameters = new HashMap<>();

  public C3dReader(Path path) throws IOException {
    file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    if (file.get(1) != 0x50 || file.limit() % 512 != 0) {
      throw new IOException("no C3D file");
    }
    int section = (file.get(0) - 1) * 512;
    if (file.get(section + 3) != 84) {
      throw new IOException("not of Intel's order");
    }
    read(section);
  }

  private void read(int section) {
    Map<Integer, String> groups = new HashMap<>();
    int at = section + 4;
    while (true) {
      int length = Math.abs(file.get(at));
      int group = file.get(at + 1);
      if (length == 0) {
        return;
      }
      String name = text(at + 2, length);
      int offsetAt = at + 2 + length;
      if (group < 0) {
        groups.put(-group, name);
      } else {
        parameters.put(groups.get(group) + ":" + name, value(offsetAt + 2));
      }
      int offset = file.getShort(offsetAt) & 0xffff;
      at = offsetAt + offset;
    }
  }

  private Object value(int at) {
    int type = file.get(at);
    int[] dims = new int[file.get(at + 1)];
    int count = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = file.get(at + 2 + i) & 255;
      count *= dims[i];
    }
    int data = at + 2 + dims.length;
    switch (type) {
      case -1 -> {
        List<String> strings = new ArrayList<>();
        int length = dims[0];
        for (int i = 0; i < (dims.length == 1 ? 1 : dims[1]); i++) {
          strings.add(text(data + i * length, length).stripTrailing());
        }
        return strings;
      }
      case 2 -> {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
          out[i] = file.getShort(data + 2 * i) & 0xffff;
        }
        return out;
      }
      case 4 -> {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
          out[i] = file.getFloat(data + 4 * i);
        }
        return out;
      }
      default -> throw new IllegalStateException("type " + type);
    }
  }

  private String text(int at, int length) {
    return new String(file.array(), at, length, StandardCharsets.US_ASCII);
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  int[] integers(String name) {
    return (int[]) parameters.get(name);
  }

  float[] floats(String name) {
    return (float[]) parameters.get(name);
  }

  List<String> strings(String name) {
    return ((List<?>) parameters.get(name)).stream().map(String.class::cast).toList();
  }

  int headerWord(int word) {
    return file.getShort(2 * (word - 1)) & 0xffff;
  }

  /** Number of the first frame, from 1 on. */
  public int first() {
    return field("TRIAL:ACTUAL_START_FIELD");
  }

  public int last() {
    return field("TRIAL:ACTUAL_END_FIELD");
  }

  private int field(String name) {
    int[] words = integers(name);
    return words[0] | words[1] << 16;
  }

  /** [points][3] of the i-th frame; NaN where the residual is negative. */
  public double[][] points(int i) {
    int count = integers("POINT:USED")[0];
    int at = (integers("POINT:DATA_START")[0] - 1) * 512 + i * count * 16;
    double[][] points = new double[count][3];
    for (int k = 0; k < count; k++) {
      if (file.getFloat(at + 16 * k + 12) < 0) {
        Arrays.fill(points[k], Double.NaN);
      } else {
        for (int axis = 0; axis < 3; axis++) {
          points[k][axis] = file.getFloat(at + 16 * k + 4 * axis);
        }
      }
    }
    return points;
  }
}
