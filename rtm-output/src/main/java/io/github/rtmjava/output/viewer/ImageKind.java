package io.github.rtmjava.output.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of pictures that every browser shows, told by their first bytes. */
enum ImageKind {
  PNG("image/png", 0, "\u0089PNG\r\n\u001a\n"),
  JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
  GIF("image/gif", 0, "GIF8"),
  WEBP("image/webp", 8, "WEBP");

  private final String mimeType;
  private final int offset;
  private final String magic;

  ImageKind(String mimeType, int offset, String magic) {
    this.mimeType = mimeType;
    this.offset = offset;
    this.magic = magic;
  }

  String mimeType() {
    return mimeType;
  }

  static Optional<ImageKind> of(byte[] encoded) {
    return Arrays.stream(values()).filter(kind -> kind.begins(encoded)).findFirst();
  }

  private boolean begins(byte[] encoded) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + expected.length;
    return encoded.length >= end
        && Arrays.equals(encoded, offset, end, expected, 0, expected.length);
  }
}
