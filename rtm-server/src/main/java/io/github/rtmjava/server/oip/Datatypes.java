package io.github.rtmjava.server.oip;

import io.github.rtmjava.tensor.DType;

/** The protocol's names of element types. */
final class Datatypes {
  private Datatypes() {}

  static String of(DType type) {
    return switch (type) {
      case FLOAT16 -> "FP16";
      case BFLOAT16 -> "BF16";
      case FLOAT32 -> "FP32";
      case FLOAT64 -> "FP64";
      case INT8, UINT8, INT16, INT32, INT64, BOOL -> type.name();
    };
  }
}
