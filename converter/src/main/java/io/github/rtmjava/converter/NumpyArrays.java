package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.Py.NumpyArray;
import io.github.rtmjava.converter.Py.NumpyType;
import io.github.rtmjava.converter.Py.Plain;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** numpy's arrays and scalars. */
final class NumpyArrays {
  private NumpyArrays() {}

  /** {@code scalar(dtype, bytes)} as a plain number; of another type as an inert instance. */
  static Py scalar(NumpyType type, List<Py> args) throws CheckpointException {
    DType dtype = dtype(type);
    Py content = args.size() > 1 ? args.get(1) : null;
    if (dtype == null || content == null || length(content) != dtype.bytes()) {
      return new Py.Instance(
          "numpy." + type.code, args.subList(Math.min(1, args.size()), args.size()));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes(content)).order(ByteOrder.LITTLE_ENDIAN);
    return new Plain(
        switch (dtype) {
          case FLOAT64 -> new Data.Real(in.getDouble());
          case FLOAT32 -> new Data.Real(in.getFloat());
          case FLOAT16 -> new Data.Real(Float16.toFloat(in.getShort()));
          case BFLOAT16 -> new Data.Real(Float16.bfloatToFloat(in.getShort()));
          case INT64 -> new Data.Int(in.getLong());
          case INT32 -> new Data.Int(in.getInt());
          case INT16 -> new Data.Int(in.getShort());
          case INT8 -> new Data.Int(in.get());
          case UINT8 -> new Data.Int(in.get() & 0xff);
          case BOOL -> new Data.Bool(in.get() != 0);
        });
  }

  /** The array over its bytes in the pickle; empty if its element type is none of ours. */
  static Optional<Tensor> tensor(NumpyArray array, CopyBudget budget) throws CheckpointException {
    NumpyType type = array.type;
    Py content = array.content;
    DType dtype = type == null ? null : dtype(type);
    if (dtype == null || content == null || length(content) < 0) {
      return Optional.empty();
    }
    Shape shape = TensorSizes.shape(array.shape);
    if (TensorSizes.bytes(shape, dtype) != length(content)) {
      throw PickleMachine.damaged(
          "a numpy array of shape %s with %s bytes".formatted(shape, length(content)));
    }
    if (content instanceof Plain plain && plain.data() instanceof Data.Text) {
      budget.spend(length(content)); // one text can be the content of any number of arrays
    }
    ByteBuffer data = ByteBuffer.wrap(bytes(content)).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> strides = array.fortranOrder ? fortranStrides(shape) : Views.contiguous(shape);
    return Optional.of(
        Tensor.over(dtype, shape, Views.gather(data, dtype, 0, shape, strides, budget)));
  }

  private static List<Long> fortranStrides(Shape shape) {
    int[] dims = shape.dims();
    int[] reversed = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      reversed[i] = dims[dims.length - 1 - i];
    }
    List<Long> strides = new ArrayList<>(Views.contiguous(Shape.of(reversed)));
    Collections.reverse(strides);
    return strides;
  }

  /** Number of the bytes that a value is; negative where it is none. */
  private static int length(Py value) {
    if (value instanceof Plain plain && plain.data() instanceof Data.Bytes bytes) {
      return bytes.value().length;
    }
    return value instanceof Plain plain && plain.data() instanceof Data.Text text
        ? text.value().length()
        : -1;
  }

  /** The bytes that a value is. Strings are how Python 2 pickled them. */
  private static byte[] bytes(Py value) throws CheckpointException {
    if (value instanceof Plain plain && plain.data() instanceof Data.Bytes bytes) {
      return bytes.value();
    }
    return PickleMachine.latin1(PyText.of(value));
  }

  private static @Nullable DType dtype(NumpyType type) {
    String code = type.code;
    if (code.startsWith("<") || code.startsWith("|") || code.startsWith("=")) {
      code = code.substring(1);
    }
    return switch (type.bigEndian ? "" : code) {
      case "f2", "numpy.float16" -> DType.FLOAT16;
      case "f4", "numpy.float32" -> DType.FLOAT32;
      case "f8", "numpy.float64" -> DType.FLOAT64;
      case "i1", "numpy.int8" -> DType.INT8;
      case "u1", "numpy.uint8" -> DType.UINT8;
      case "i2", "numpy.int16" -> DType.INT16;
      case "i4", "numpy.int32" -> DType.INT32;
      case "i8", "numpy.int64" -> DType.INT64;
      case "b1", "?", "numpy.bool_" -> DType.BOOL;
      default -> null;
    };
  }
}
