package io.github.rtmjava.output.viewer;

import java.nio.charset.StandardCharsets;

/**
 * An import map that holds the modules themselves, as {@code data:} addresses: a page that is one
 * file, opened from a disk, can load no module from beside it. Modules import each other by the
 * names of this map, so that a server can give the same modules as files with a map of paths.
 */
final class ImportMap {
  /** What addresses, JSON or HTML would take for something else. */
  private static final String SPECIAL = "%#\"\\<";

  private final StringBuilder imports = new StringBuilder();

  /**
   * Adds a module.
   *
   * @param name by which others import it: plain, neither a path nor an address
   */
  void add(String name, String source) {
    imports.append(imports.isEmpty() ? "" : ",\n");
    imports.append('"').append(name).append("\": \"data:text/javascript;charset=utf-8,");
    // The name is what a browser's tools and stack traces say in the place of the address.
    escape(source + "\n//# sourceURL=" + name);
    imports.append('"');
  }

  /** The map as JSON, which can stand in a script element. */
  String json() {
    return "{\"imports\": {\n" + imports + "\n}}";
  }

  /** Most of a script needs no escape, and stays a quarter smaller than in Base64. */
  private void escape(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b < 0x7f && SPECIAL.indexOf(b) < 0) {
        imports.append((char) b);
      } else {
        imports.append('%');
        imports.append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)));
        imports.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
  }
}
