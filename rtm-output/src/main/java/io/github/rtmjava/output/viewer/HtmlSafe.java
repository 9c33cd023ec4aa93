package io.github.rtmjava.output.viewer;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import org.jspecify.annotations.Nullable;

/** Escapes in JSON what would end a script element, begin a comment or mean a character in HTML. */
final class HtmlSafe extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final String SPECIAL = "<>&'";

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    for (int i = 0; i < SPECIAL.length(); i++) {
      codes[SPECIAL.charAt(i)] = ESCAPE_STANDARD;
    }
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int ch) {
    return null;
  }

  /** A name in text and in attributes; what XML forbids becomes a replacement character. */
  static String text(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              if (c < 0x20 || c == 0x7f || Character.getType(c) == Character.SURROGATE) {
                out.append('\ufffd');
              } else if (c < 0x7f && SPECIAL.indexOf(c) < 0 && c != '"') {
                out.append((char) c);
              } else {
                out.append("&#").append(c).append(';');
              }
            });
    return out.toString();
  }
}
