package io.github.rtmjava.parity;

import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the checkout that is tested. */
final class Checkout {
  private Checkout() {}

  static Path file(String relative) {
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.exists(dir.resolve("samples"))) {
      dir = dir.getParent();
    }
    return dir.resolve(relative);
  }
}
