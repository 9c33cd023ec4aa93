package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The target for Jazzer; as a test it decodes a small corpus. */
class JazzerTest {
  @FuzzTest(maxDuration = "60s")
  void picture(byte[] file) {
    try {
      Images.decode(file, "fuzz");
    } catch (ImageException e) {
      assertFalse(String.valueOf(e.getMessage()).contains("\n"), e::getMessage);
    }
  }
}
