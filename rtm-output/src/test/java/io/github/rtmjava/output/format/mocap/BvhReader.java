package io.github.rtmjava.output.format.mocap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads BVH files and computes where the joints are, with matrices. */
public final class BvhReader {
  private static final class Joint {
    String name = "";
    int parent;
    double[] offset = new double[3];
    List<String> channels = List.of();
  }

  private final List<Joint> joints = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();
  private final double frameTime;

  public BvhReader(Path file) throws IOException {
    Iterator<String> words =
        Arrays.asList(Files.readString(file).trim().split("\\s+", -1)).iterator();
    int parent = -1;
    Joint joint = new Joint();
    for (String word = words.next(); !word.equals("MOTION"); word = words.next()) {
      switch (word) {
        case "HIERARCHY", "{" -> {}
        case "ROOT", "JOINT", "End" -> {
          joint = new Joint();
          joint.name = words.next();
          if (joint.name.equals("Site")) {
            joint.name = joints.get(parent).name + "End";
          }
          joint.parent = parent;
          parent = joints.size();
          joints.add(joint);
        }
        case "OFFSET" -> {
          for (int i = 0; i < 3; i++) {
            joint.offset[i] = Double.parseDouble(words.next());
          }
        }
        case "CHANNELS" -> {
          joint.channels = new ArrayList<>();
          for (int n = Integer.parseInt(words.next()); n > 0; n--) {
            joint.channels.add(words.next());
          }
        }
        case "}" -> parent = joints.get(parent).parent;
        default -> throw new IOException("found " + word);
      }
    }
    words.next();
    int frames = Integer.parseInt(words.next());
    words.next();
    words.next();
    frameTime = Double.parseDouble(words.next());
    int columns = joints.stream().mapToInt(j -> j.channels.size()).sum();
    for (int f = 0; f < frames; f++) {
      double[] row = new double[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = Double.parseDouble(words.next());
      }
      rows.add(row);
    }
    if (words.hasNext()) {
      throw new IOException("found more than the frames");
    }
  }

  double frameTime() {
    return frameTime;
  }

  public int frames() {
    return rows.size();
  }

  /** Names of all joints and ends; the end of a bone without children is its name and End. */
  List<String> names() {
    return joints.stream().map(j -> j.name).toList();
  }

  /** The joint before each; -1 for the root. */
  int parent(int joint) {
    return joints.get(joint).parent;
  }

  /** Where each joint is in a frame. */
  public Map<String, double[]> positions(int frame) {
    Map<String, double[]> positions = new HashMap<>();
    double[][][] turns = new double[joints.size()][][];
    double[][] places = new double[joints.size()][];
    double[] row = rows.get(frame);
    int at = 0;
    for (int j = 0; j < joints.size(); j++) {
      Joint joint = joints.get(j);
      double[][] turn = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
      double[] moved = joint.offset.clone();
      for (String channel : joint.channels) {
        double value = row[at++];
        int axis = channel.charAt(0) - 'X';
        if (channel.endsWith("position")) {
          moved[axis] += value;
        } else {
          turn = times(turn, about(axis, Math.toRadians(value)));
        }
      }
      if (joint.parent < 0) {
        places[j] = moved;
        turns[j] = turn;
      } else {
        double[] rotated = apply(turns[joint.parent], moved);
        double[] before = places[joint.parent];
        places[j] =
            new double[] {before[0] + rotated[0], before[1] + rotated[1], before[2] + rotated[2]};
        turns[j] = times(turns[joint.parent], turn);
      }
      positions.put(joint.name, places[j]);
    }
    return positions;
  }

  private static double[][] about(int axis, double angle) {
    double[][] m = new double[3][3];
    int a = (axis + 1) % 3;
    int b = (axis + 2) % 3;
    m[axis][axis] = 1;
    m[a][a] = Math.cos(angle);
    m[b][b] = Math.cos(angle);
    m[a][b] = -Math.sin(angle);
    m[b][a] = Math.sin(angle);
    return m;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] out = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          out[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return out;
  }

  private static double[] apply(double[][] m, double[] v) {
    double[] out = new double[3];
    for (int i = 0; i < 3; i++) {
      out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    }
    return out;
  }
}
