package io.github.rtmjava.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Extents of a dense array, outermost first. A shape without dimensions is a scalar.
 *
 * <p>In a network the first extent of an activation is {@link #BATCH}: free until a batch is run.
 */
public final class Shape {
  /** Stands for the number of images in a batch, known only at run time. */
  public static final int BATCH = -1;

  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * A shape of the given extents.
   *
   * @param dims extents, each at least 0; the first may be {@link #BATCH}
   * @throws IllegalArgumentException for any other negative extent
   */
  public static Shape of(int... dims) {
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0 && !(i == 0 && dims[i] == BATCH)) {
        throw new IllegalArgumentException(
            "expected extents of at least 0, found " + Arrays.toString(dims));
      }
    }
    return new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Extent of dimension {@code axis}; a negative axis counts from the last. */
  public int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** The extents, as a copy. */
  public int[] dims() {
    return dims.clone();
  }

  /** Whether the first extent is {@link #BATCH}. */
  public boolean hasBatch() {
    return dims.length > 0 && dims[0] == BATCH;
  }

  /**
   * Number of elements.
   *
   * @throws IllegalStateException if the batch is still free
   * @throws ArithmeticException if the product exceeds a {@code long}
   */
  public long elements() {
    if (hasBatch()) {
      throw new IllegalStateException("the batch size of " + this + " is not known yet");
    }
    long n = 1;
    for (int d : dims) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** This shape with the extent of one dimension (negative: from the last) replaced. */
  public Shape with(int axis, int extent) {
    int[] copy = dims.clone();
    copy[axis < 0 ? axis + dims.length : axis] = extent;
    return of(copy);
  }

  /** This shape with its free batch set to {@code batch}; unchanged where there is none. */
  public Shape withBatch(int batch) {
    return hasBatch() ? with(0, batch) : this;
  }

  /** Whether {@code concrete} is this shape, any positive batch standing for {@link #BATCH}. */
  public boolean accepts(Shape concrete) {
    return hasBatch()
        ? rank() == concrete.rank()
            && concrete.dims[0] > 0
            && Arrays.equals(dims, 1, dims.length, concrete.dims, 1, dims.length)
        : equals(concrete);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [N, 3, 640, 640]}. */
  @Override
  public String toString() {
    return Arrays.stream(dims)
        .mapToObj(d -> d == BATCH ? "N" : Integer.toString(d))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
