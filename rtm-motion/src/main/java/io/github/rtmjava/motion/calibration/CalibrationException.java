package io.github.rtmjava.motion.calibration;

import java.io.IOException;

/** A calibration file that cannot be understood; the message says what to do. */
public final class CalibrationException extends IOException {
  private static final long serialVersionUID = 1L;

  CalibrationException(String message) {
    super(message);
  }
}
