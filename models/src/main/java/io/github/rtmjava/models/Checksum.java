package io.github.rtmjava.models;

/**
 * What is known of a file's SHA-256 beforehand: all of it, its first digits as OpenMMLab publishes
 * them in file names, or nothing.
 *
 * @param start lower-case hexadecimal digits, at most 64; empty if nothing is known
 */
record Checksum(String start) {
  static final Checksum UNKNOWN = new Checksum("");

  Checksum {
    if (!start.matches("[0-9a-f]{0,64}")) {
      throw new IllegalArgumentException(
          "expected at most 64 hexadecimal digits of a SHA-256, found '%s'".formatted(start));
    }
  }

  boolean isKnown() {
    return !start.isEmpty();
  }

  /** Whether a file of that SHA-256 may be the one; any may where nothing is known. */
  boolean accepts(String sha256) {
    return sha256.startsWith(start);
  }

  /** What is expected, in words. */
  String describe() {
    return start.length() == 64 ? "SHA-256 " + start : "SHA-256 starting with " + start;
  }
}
