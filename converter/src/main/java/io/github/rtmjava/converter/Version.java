package io.github.rtmjava.converter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program. */
final class Version {
  private Version() {}

  /** Name and version, for example {@code rtm-java converter 1.0.0}. */
  static String converter() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "rtm-java converter " + properties.getProperty("version", "unknown");
  }
}
