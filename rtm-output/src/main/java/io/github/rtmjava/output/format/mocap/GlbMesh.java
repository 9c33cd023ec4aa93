package io.github.rtmjava.output.format.mocap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is seen of a rig: an octahedron for each bone, which follows it alone. */
final class GlbMesh {
  private static final int ARRAY_BUFFER = 34962;

  /** Where an octahedron is widest, and how wide, as parts of the bone's length. */
  private static final double WAIST = 0.15;

  private static final double WIDTH = 0.08;
  private static final double WIDEST = 0.03;

  /** The corners of the eight faces: 0 and 5 the ends, 1 to 4 around the waist. */
  private static final int[][] FACES = {
    {0, 2, 1}, {0, 3, 2}, {0, 4, 3}, {0, 1, 4}, {5, 1, 2}, {5, 2, 3}, {5, 3, 4}, {5, 4, 1}
  };

  private final List<double[]> positions = new ArrayList<>();
  private final List<double[]> normals = new ArrayList<>();
  private final List<Integer> joints = new ArrayList<>();

  private GlbMesh() {}

  /**
   * Adds the mesh of a person at rest.
   *
   * @param origins where each bone begins at rest, with the root at the origin
   */
  static void add(
      Rig rig, Proportions proportions, double[][] origins, GlbBinary binary, ObjectNode primitive)
      throws IOException {
    GlbMesh mesh = new GlbMesh();
    for (int b = 0; b < origins.length; b++) {
      double[] end = proportions.end(rig, b);
      if (Rotation.length(end) > 0) {
        mesh.octahedron(origins[b], end, b);
      }
    }
    if (mesh.joints.isEmpty()) {
      mesh.octahedron(origins[0], new double[] {0, WIDEST, 0}, 0);
    }
    mesh.write(binary, primitive.putObject("attributes"));
  }

  private void octahedron(double[] origin, double[] end, int joint) {
    double length = Rotation.length(end);
    double width = Math.min(WIDEST, WIDTH * length);
    Rotation turn = Rotation.between(new double[] {0, 1, 0}, end);
    double[][] corners = {
      {0, 0, 0},
      {width, WAIST * length, 0},
      {0, WAIST * length, width},
      {-width, WAIST * length, 0},
      {0, WAIST * length, -width},
      {0, length, 0}
    };
    for (int[] face : FACES) {
      double[] normal = turn.turn(normal(corners[face[0]], corners[face[1]], corners[face[2]]));
      for (int corner : face) {
        double[] p = turn.turn(corners[corner]);
        positions.add(new double[] {origin[0] + p[0], origin[1] + p[1], origin[2] + p[2]});
        normals.add(normal);
        joints.add(joint);
      }
    }
  }

  private static double[] normal(double[] a, double[] b, double[] c) {
    double[] u = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    double[] v = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
    return Rotation.unit(
        new double[] {
          u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
        });
  }

  private void write(GlbBinary binary, ObjectNode attributes) throws IOException {
    float[] points = flat(positions);
    int position = binary.floats("VEC3", points);
    float[] least = new float[3];
    float[] most = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      least[axis] = Float.POSITIVE_INFINITY;
      most[axis] = Float.NEGATIVE_INFINITY;
      for (int i = axis; i < points.length; i += 3) {
        least[axis] = Math.min(least[axis], points[i]);
        most[axis] = Math.max(most[axis], points[i]);
      }
    }
    binary.bounds(position, least, most);
    // The first joint alone, with all the weight.
    byte[] influences = new byte[4 * joints.size()];
    float[] weights = new float[4 * joints.size()];
    for (int i = 0; i < joints.size(); i++) {
      influences[4 * i] = joints.get(i).byteValue();
      weights[4 * i] = 1;
    }
    attribute("POSITION", position, binary, attributes);
    attribute("NORMAL", binary.floats("VEC3", flat(normals)), binary, attributes);
    attribute("JOINTS_0", binary.bytes(influences), binary, attributes);
    attribute("WEIGHTS_0", binary.floats("VEC4", weights), binary, attributes);
  }

  private static void attribute(
      String name, int accessor, GlbBinary binary, ObjectNode attributes) {
    binary.view(accessor).put("target", ARRAY_BUFFER);
    attributes.put(name, accessor);
  }

  private static float[] flat(List<double[]> vectors) {
    float[] out = new float[3 * vectors.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) vectors.get(i / 3)[i % 3];
    }
    return out;
  }
}
