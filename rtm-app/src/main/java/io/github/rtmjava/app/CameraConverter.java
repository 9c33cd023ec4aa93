package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Camera;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code FX,FY,CX,CY}; people stand at upstream's nominal distance. */
final class CameraConverter implements ITypeConverter<Camera> {
  @Override
  public Camera convert(String value) {
    double[] v = Numbers.list(value, "FX,FY,CX,CY");
    try {
      return new Camera(v[0], v[1], v[2], v[3], Camera.NOMINAL_ROOT_DEPTH);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
