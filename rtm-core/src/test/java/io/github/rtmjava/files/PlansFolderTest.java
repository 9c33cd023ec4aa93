package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlansFolderTest {
  @AfterEach
  void clear() {
    System.clearProperty(PlansFolder.PROPERTY);
  }

  @Test
  void isOfTheCacheUnlessItIsNamed() {
    assertFalse(PlansFolder.isNamed());
    assertEquals(CacheFolder.here().resolve("plans"), PlansFolder.here());
    System.setProperty(PlansFolder.PROPERTY, "some/where");
    assertTrue(PlansFolder.isNamed());
    assertEquals(Path.of("some/where").toAbsolutePath(), PlansFolder.here());
  }
}
