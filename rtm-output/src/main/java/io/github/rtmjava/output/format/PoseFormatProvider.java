package io.github.rtmjava.output.format;

import java.util.List;

/** Several formats of one module, found with {@link java.util.ServiceLoader}. */
public interface PoseFormatProvider {
  /** The formats, each with a name of its own. */
  List<PoseFormat> formats();
}
