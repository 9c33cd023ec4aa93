package io.github.rtmjava.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorsTest {
  @Test
  void areThoseOfTheProcessUnlessSaidOtherwise() {
    assertEquals(6, Processors.count(null, 6));
    assertEquals(2, Processors.count("2", 6));
    assertEquals(12, Processors.count(" 12 ", 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "two", "1.5", "99999999999"})
  void areNoNonsense(String said) {
    EngineException refused = assertThrows(EngineException.class, () -> Processors.count(said, 6));
    assertEquals(
        "-Drtm.processors: expected a number of processors, 1 or more, found '" + said + "'",
        refused.getMessage());
  }
}
