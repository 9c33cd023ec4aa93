package io.github.rtmjava.geometry;

import java.util.Arrays;

/**
 * Who goes with whom: the assignment problem, by the Hungarian method with shortest augmenting
 * paths (Kuhn 1955; Jonker and Volgenant 1987), in time cubic in the longer side.
 */
public final class Assignment {
  private Assignment() {}

  /**
   * Pairs rows with columns, each at most once, so that the pairs' gains have the largest sum.
   * Where a gain is not above 0, or not a number, the two are never paired.
   *
   * @param gains [rows][columns]; finite, or NaN or negative infinity for pairs that cannot be
   * @return [rows]: the column of each row, or -1
   */
  public static int[] maximise(double[][] gains) {
    int rows = gains.length;
    int columns = rows == 0 ? 0 : gains[0].length;
    int[] rowOf = new Square(gains, Math.max(rows, columns)).rowOfColumn();
    int[] out = new int[rows];
    Arrays.fill(out, -1);
    for (int c = 0; c < columns; c++) {
      if (rowOf[c] < rows && gains[rowOf[c]][c] > 0) {
        out[rowOf[c]] = c;
      }
    }
    return out;
  }

  /** The problem filled up with gains of 0 to a square; what is filled up means "with nobody". */
  private record Square(double[][] gains, int size) {

    private double cost(int row, int column) {
      if (row >= gains.length || column >= gains[row].length) {
        return 0;
      }
      return gains[row][column] > 0 ? -gains[row][column] : 0;
    }

    /** Row of each column, by adding one row after the other along the cheapest path. */
    int[] rowOfColumn() {
      double[] rowPrice = new double[size];
      double[] columnPrice = new double[size + 1];
      int[] rowOf = new int[size + 1];
      int[] before = new int[size + 1];
      Arrays.fill(rowOf, -1);
      for (int row = 0; row < size; row++) {
        rowOf[size] = row;
        int column = cheapestPath(rowPrice, columnPrice, rowOf, before);
        while (column != size) {
          int previous = before[column];
          rowOf[column] = rowOf[previous];
          column = previous;
        }
      }
      return rowOf;
    }

    /** The free column at which the path from the virtual column {@code size} ends. */
    private int cheapestPath(double[] rowPrice, double[] columnPrice, int[] rowOf, int[] before) {
      double[] distance = new double[size];
      boolean[] done = new boolean[size + 1];
      Arrays.fill(distance, Double.POSITIVE_INFINITY);
      int at = size;
      while (rowOf[at] >= 0) {
        done[at] = true;
        int row = rowOf[at];
        int next = -1;
        for (int c = 0; c < size; c++) {
          if (done[c]) {
            continue;
          }
          double reduced = cost(row, c) - rowPrice[row] - columnPrice[c];
          if (reduced < distance[c]) {
            distance[c] = reduced;
            before[c] = at;
          }
          if (next < 0 || distance[c] < distance[next]) {
            next = c;
          }
        }
        double step = distance[next];
        for (int c = 0; c <= size; c++) {
          if (done[c]) {
            rowPrice[rowOf[c]] += step;
            columnPrice[c] -= step;
          } else {
            distance[c] -= step;
          }
        }
        at = next;
      }
      return at;
    }
  }
}
