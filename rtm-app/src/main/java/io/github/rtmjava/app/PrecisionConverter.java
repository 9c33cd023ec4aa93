package io.github.rtmjava.app;

import io.github.rtmjava.engine.Precision;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an arithmetic, short or long. */
final class PrecisionConverter implements ITypeConverter<Precision> {
  @Override
  public Precision convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "f32", "fp32", "float32" -> Precision.FLOAT32;
      case "bf16", "bfloat16" -> Precision.BFLOAT16;
      case "f16", "fp16", "float16" -> Precision.FLOAT16;
      case "auto" -> Precision.AUTO;
      default ->
          throw new TypeConversionException(
              "expected f32, bf16, f16 or auto, found '%s'".formatted(value));
    };
  }
}
