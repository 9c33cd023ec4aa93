package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Constructors.argument;
import static io.github.rtmjava.converter.Constructors.integer;
import static io.github.rtmjava.converter.Constructors.longs;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Py.ElementType;
import io.github.rtmjava.tensor.DType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tensors as {@code torch._utils} rebuilds them: views of storages. */
final class TorchTensors {
  private static final Map<String, ElementType> STORAGES =
      Map.ofEntries(
          storage("HalfStorage", DType.FLOAT16, 2),
          storage("BFloat16Storage", DType.BFLOAT16, 2),
          storage("FloatStorage", DType.FLOAT32, 4),
          storage("DoubleStorage", DType.FLOAT64, 8),
          storage("CharStorage", DType.INT8, 1),
          storage("ByteStorage", DType.UINT8, 1),
          storage("ShortStorage", DType.INT16, 2),
          storage("IntStorage", DType.INT32, 4),
          storage("LongStorage", DType.INT64, 8),
          storage("BoolStorage", DType.BOOL, 1),
          storage("ComplexFloatStorage", null, 8),
          storage("ComplexDoubleStorage", null, 16),
          storage("QInt8Storage", null, 1),
          storage("QUInt8Storage", null, 1),
          storage("QInt32Storage", null, 4),
          storage("QUInt4x2Storage", null, 1),
          storage("QUInt2x4Storage", null, 1),
          storage("storage.UntypedStorage", null, 1));

  private static final Map<String, DType> DTYPES =
      Map.of(
          "torch.float16", DType.FLOAT16,
          "torch.bfloat16", DType.BFLOAT16,
          "torch.float32", DType.FLOAT32,
          "torch.float64", DType.FLOAT64,
          "torch.int8", DType.INT8,
          "torch.uint8", DType.UINT8,
          "torch.int16", DType.INT16,
          "torch.int32", DType.INT32,
          "torch.int64", DType.INT64,
          "torch.bool", DType.BOOL);

  private TorchTensors() {}

  private static Map.Entry<String, ElementType> storage(
      String name, @Nullable DType dtype, int bytes) {
    String full = "torch." + name;
    return Map.entry(full, new ElementType(full, dtype, bytes));
  }

  /** The storage class of an element type, without its module. */
  static String storageClass(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "HalfStorage";
      case BFLOAT16 -> "BFloat16Storage";
      case FLOAT32 -> "FloatStorage";
      case FLOAT64 -> "DoubleStorage";
      case INT8 -> "CharStorage";
      case UINT8 -> "ByteStorage";
      case INT16 -> "ShortStorage";
      case INT32 -> "IntStorage";
      case INT64 -> "LongStorage";
      case BOOL -> "BoolStorage";
    };
  }

  /** The element type of a storage class; storages of the GPU hold the same. */
  static ElementType elementType(String storageClass) throws CheckpointException {
    ElementType type = STORAGES.get(storageClass.replace("torch.cuda.", "torch."));
    if (type == null) {
      throw new CheckpointException(
          "expected one of torch's storages, found '%s'; save the state dict of the model alone"
              .formatted(storageClass));
    }
    return type;
  }

  /**
   * {@code _rebuild_tensor(storage, offset, size, stride)}, version 2 with three more arguments,
   * version 3 with the element type as seventh. A tensor of an element type that we do not have
   * becomes an instance named after it.
   */
  static Py rebuild(String function, List<Py> args) throws CheckpointException {
    if (!(argument(args, 0) instanceof Py.Storage storage)) {
      throw PickleMachine.damaged("a tensor without a storage");
    }
    DType dtype = storage.type().dtype();
    String typeName = storage.type().name();
    if (function.endsWith("_v3") && argument(args, 6) instanceof Py.Global type) {
      dtype = DTYPES.get(type.name());
      typeName = type.name();
    }
    if (dtype == null) {
      return new Py.Instance(StateDicts.FOREIGN_TENSOR + typeName, List.of(argument(args, 2)));
    }
    List<Long> shape = longs(argument(args, 2));
    List<Long> strides = longs(argument(args, 3));
    if (shape.size() != strides.size()) {
      throw PickleMachine.damaged("a tensor of shape %s with strides %s".formatted(shape, strides));
    }
    return new Py.Tensor(storage, dtype, integer(argument(args, 1)), shape, strides);
  }
}
