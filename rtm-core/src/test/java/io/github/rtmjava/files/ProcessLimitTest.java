package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessLimitTest {
  private static final String PLAIN = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final String CAMEL = "org.bytedeco.javacpp.maxPhysicalBytes";

  private String before;

  @BeforeEach
  void remember() {
    before = System.clearProperty(PLAIN);
  }

  @AfterEach
  void restore() {
    System.clearProperty(PLAIN);
    System.clearProperty(CAMEL);
    if (before != null) {
      System.setProperty(PLAIN, before);
    }
  }

  @Test
  void thereIsNoLimitUnlessOneWasSet() {
    NativeSettings.apply();
    assertEquals("0", System.getProperty(PLAIN));
  }

  @Test
  void aLimitOfTheUsersStays() {
    System.setProperty(PLAIN, "3g");
    NativeSettings.apply();
    assertEquals("3g", System.getProperty(PLAIN));
  }

  @Test
  void soDoesOneInTheOtherSpelling() {
    System.setProperty(CAMEL, "3g");
    NativeSettings.apply();
    assertNull(System.getProperty(PLAIN));
  }
}
