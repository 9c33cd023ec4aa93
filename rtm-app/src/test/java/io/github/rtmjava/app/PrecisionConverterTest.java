package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.engine.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class PrecisionConverterTest {
  @ParameterizedTest
  @CsvSource({
    "f32, FLOAT32",
    "float32, FLOAT32",
    "bf16, BFLOAT16",
    "BFloat16, BFLOAT16",
    "f16, FLOAT16",
    "fp16, FLOAT16",
    "auto, AUTO"
  })
  void shortAndLongNamesAreKnown(String name, Precision precision) {
    assertEquals(precision, new PrecisionConverter().convert(name));
  }

  @Test
  void othersAreNamed() {
    TypeConversionException e =
        assertThrows(TypeConversionException.class, () -> new PrecisionConverter().convert("int8"));
    assertEquals("expected f32, bf16, f16 or auto, found 'int8'", e.getMessage());
  }
}
