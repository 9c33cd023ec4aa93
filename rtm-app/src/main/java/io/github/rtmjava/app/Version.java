package io.github.rtmjava.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, which the build writes into a resource. */
final class Version implements IVersionProvider {
  private static final String RESOURCE = "version.properties";

  /** For example {@code 1.0.0}. */
  static String number() throws IOException {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the program was built without its " + RESOURCE);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"rtm " + number()};
  }
}
