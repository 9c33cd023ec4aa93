package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {
  private static final String MARK = "\ufeff";
  private static final String TEXT = "a = \"Gehübung\"\n";

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertEquals(TEXT, Text.of(bytes(TEXT, StandardCharsets.UTF_8)));
    assertEquals(TEXT, Text.of(bytes(MARK + TEXT, StandardCharsets.UTF_8)));
    assertEquals(TEXT, Text.of(bytes(MARK + TEXT, StandardCharsets.UTF_16LE)));
    assertEquals(TEXT, Text.of(bytes(MARK + TEXT, StandardCharsets.UTF_16BE)));
  }

  @Test
  void shortTextHasNoMark() {
    assertEquals("", Text.of(new byte[0]));
    assertEquals("", Text.of(bytes(MARK, StandardCharsets.UTF_8)));
    assertEquals("x", Text.of(new byte[] {'x'}));
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }
}
