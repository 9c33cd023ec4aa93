package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code X1,Y1,X2,Y2}. */
final class BoxConverter implements ITypeConverter<Box> {
  @Override
  public Box convert(String value) {
    double[] v = Numbers.list(value, "X1,Y1,X2,Y2");
    Box box = new Box((float) v[0], (float) v[1], (float) v[2], (float) v[3]);
    if (!box.isProper()) {
      throw new TypeConversionException(
          "expected a box X1,Y1,X2,Y2 in pixels with X1 < X2 and Y1 < Y2, found " + value);
    }
    return box;
  }
}
