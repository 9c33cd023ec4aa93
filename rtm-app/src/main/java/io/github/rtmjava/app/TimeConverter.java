package io.github.rtmjava.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of a video: seconds, minutes and seconds, or hours, minutes and seconds. */
final class TimeConverter implements ITypeConverter<Double> {
  private static final Pattern TIME =
      Pattern.compile("(?:(?:(\\d{1,6}):)?(\\d{1,6}):)?(\\d{1,9}(?:\\.\\d{1,9})?)");

  @Override
  public Double convert(String value) {
    Matcher time = TIME.matcher(value);
    if (!time.matches()) {
      throw new TypeConversionException(
          "expected a time as 83.5, 1:23.5 or 0:01:23.5, found '" + value + "'");
    }
    return 3600 * number(time.group(1)) + 60 * number(time.group(2)) + number(time.group(3));
  }

  private static double number(String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }
}
