package io.github.rtmjava.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A dense, row-major, little-endian array over a byte buffer, which it shares with whoever made it.
 *
 * <p>Weights lie in heap or mapped buffers; what goes into and comes out of an engine lies in
 * direct ones. A tensor may hold 2 GiB at most.
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

  /** A zero-filled tensor in a direct buffer, ready to be handed to an engine. */
  public static Tensor allocate(DType dtype, Shape shape) {
    long needed = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
    return over(dtype, shape, ByteBuffer.allocateDirect(Math.toIntExact(needed)));
  }

  /** A {@link DType#FLOAT32} tensor with a copy of {@code values}. */
  public static Tensor of(float[] values, int... dims) {
    Shape shape = Shape.of(dims);
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "shape %s needs %s values, found %s".formatted(shape, shape.elements(), values.length));
    }
    Tensor tensor = allocate(DType.FLOAT32, shape);
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
    Elements.toFloats(dtype, bytes(), out);
    return out;
  }

  /** The same elements under another shape of as many elements; the bytes are shared. */
  public Tensor reshaped(Shape other) {
    return over(dtype, other, bytes());
  }

  /** A direct float32 tensor with these values; this very tensor where it already is one. */
  public Tensor toFloat32() {
    if (dtype == DType.FLOAT32) {
      return this;
    }
    Tensor out = allocate(DType.FLOAT32, shape);
    out.floats().put(toFloats());
    return out;
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
