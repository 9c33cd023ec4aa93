package io.github.rtmjava.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Objects;

/**
 * A dense, row-major, little-endian array over a byte buffer, which it shares with whoever made it.
 *
 * <p>Weights lie in heap or mapped buffers; what goes into an engine is best {@linkplain #allocate
 * allocated} in direct ones, which it reads where they are, and what comes out of it lies in such.
 * A tensor may hold 2 GiB at most.
 */
public final class Tensor {
  private final DType dtype;
  private final Shape shape;
  private final ByteBuffer bytes;

  private Tensor(DType dtype, Shape shape, ByteBuffer bytes) {
    this.dtype = dtype;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * A tensor over the remaining bytes of {@code bytes}, which are not copied.
   *
   * @throws IllegalArgumentException if their number is not what the shape needs
   */
  public static Tensor over(DType dtype, Shape shape, ByteBuffer bytes) {
    long needed = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
    if (bytes.remaining() != needed) {
      throw new IllegalArgumentException(
          "a %s tensor of shape %s needs %s bytes, found %s"
              .formatted(dtype, shape, needed, bytes.remaining()));
    }
    return new Tensor(dtype, shape, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * A zero-filled tensor in a direct buffer, ready to be handed to an engine. To be used again and
   * again: such buffers are freed by the garbage collector only.
   *
   * @throws IllegalArgumentException if it would be larger than 2 GiB
   */
  public static Tensor allocate(DType dtype, Shape shape) {
    return over(dtype, shape, ByteBuffer.allocateDirect(size(dtype, shape)));
  }

  /**
   * A zero-filled tensor on the Java heap, for what is of short use.
   *
   * @throws IllegalArgumentException if it would be larger than 2 GiB
   */
  public static Tensor onHeap(DType dtype, Shape shape) {
    return over(dtype, shape, ByteBuffer.allocate(size(dtype, shape)));
  }

  private static int size(DType dtype, Shape shape) {
    double bytes = (double) shape.elements() * dtype.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a %s tensor of shape %s needs %.1f GiB, found room for 2; use smaller batches",
              dtype,
              shape,
              bytes / (1 << 30)));
    }
    return (int) bytes;
  }

  /** A {@link DType#FLOAT32} tensor on the Java heap with a copy of {@code values}. */
  public static Tensor of(float[] values, int... dims) {
    Shape shape = Shape.of(dims);
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "shape %s needs %s values, found %s".formatted(shape, shape.elements(), values.length));
    }
    Tensor tensor = onHeap(DType.FLOAT32, shape);
    tensor.floats().put(values);
    return tensor;
  }

  public DType dtype() {
    return dtype;
  }

  public Shape shape() {
    return shape;
  }

  /** The bytes from first to last element, little-endian, with a position of their own. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The elements as floats, with a position of their own; writes go through.
   *
   * @throws IllegalStateException unless this is a {@link DType#FLOAT32} tensor
   */
  public FloatBuffer floats() {
    if (dtype != DType.FLOAT32) {
      throw new IllegalStateException("expected a FLOAT32 tensor, found " + dtype);
    }
    return bytes().asFloatBuffer();
  }

  /** A copy of the elements, converted to float: integers and float64 are rounded to nearest. */
  public float[] toFloats() {
    float[] out = new float[Math.toIntExact(shape.elements())];
    Elements.toFloats(dtype, bytes(), FloatBuffer.wrap(out));
    return out;
  }

  /** The same elements under another shape of as many elements; the bytes are shared. */
  public Tensor reshaped(Shape other) {
    return over(dtype, other, bytes());
  }

  /**
   * Some of the entries along the first axis; the bytes are shared.
   *
   * @param first the first of them, from 0 on
   * @param count how many, at least 1
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public Tensor slice(int first, int count) {
    Objects.checkFromIndexSize(first, count, shape.dim(0));
    Shape part = shape.with(0, count);
    int size = Math.toIntExact(part.elements() * dtype.bytes());
    ByteBuffer shared = bytes();
    int from = size / count * first;
    return over(dtype, part, shared.position(from).limit(from + size));
  }

  /**
   * A float32 tensor with these values: this very tensor where it is one, otherwise a new one on
   * the Java heap.
   */
  public Tensor toFloat32() {
    if (dtype == DType.FLOAT32) {
      return this;
    }
    Tensor out = onHeap(DType.FLOAT32, shape);
    Elements.toFloats(dtype, bytes(), out.floats());
    return out;
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
