package io.github.rtmjava.app;

import java.util.Arrays;
import picocli.CommandLine.TypeConversionException;

/** Reads lists of numbers. */
final class Numbers {
  private Numbers() {}

  /** As many finite numbers, separated by commas, as the label has names. */
  static double[] list(String value, String label) {
    try {
      double[] numbers =
          Arrays.stream(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (numbers.length == label.split(",", -1).length
          && Arrays.stream(numbers).allMatch(Double::isFinite)) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // Said below, together with all else that can be wrong.
    }
    throw new TypeConversionException("expected numbers %s, found '%s'".formatted(label, value));
  }
}
