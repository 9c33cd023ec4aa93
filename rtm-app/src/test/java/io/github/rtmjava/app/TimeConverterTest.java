package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeConverterTest {
  private final TimeConverter converter = new TimeConverter();

  @Test
  void secondsMinutesAndHours() {
    assertEquals(83.5, converter.convert("83.5"));
    assertEquals(83.5, converter.convert("1:23.5"));
    assertEquals(3683.25, converter.convert("1:01:23.25"));
    assertEquals(0, converter.convert("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1:", ":1", "1:2:3:4", "1e3", "NaN", "1,5"})
  void anythingElseIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> converter.convert(text));
  }
}
