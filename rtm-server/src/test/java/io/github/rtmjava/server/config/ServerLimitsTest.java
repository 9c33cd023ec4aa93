package io.github.rtmjava.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLimitsTest {
  @Test
  void everyLimitCanBeChangedByItsName() {
    for (String name : ServerLimits.names()) {
      String value = name.matches("patience|upload-time|drain|job-age") ? "7s" : "7";
      ServerLimits limits = ServerLimits.DEFAULT;
      if (name.equals("bytes")) {
        limits = limits.with("upload-bytes", "5");
      }
      assertTrue(!limits.with(name, value).equals(limits), name);
    }
  }

  @ParameterizedTest
  @CsvSource({"64,64", "2k,2048", "16m,16777216", "0.5m,524288", "1K,1024"})
  void bytesHaveUnits(String text, long bytes) {
    assertEquals(bytes, ServerLimits.DEFAULT.with("upload-bytes", text).uploadBytes());
  }

  @ParameterizedTest
  @CsvSource({"2,PT2S", "250ms,PT0.25S", "1.5s,PT1.5S", "5min,PT5M", "24h,PT24H"})
  void timesHaveUnits(String text, Duration time) {
    assertEquals(time, ServerLimits.DEFAULT.with("patience", text).patience());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "0", "1e3", "5 parsecs", "9999999999999999999", "0.3"})
  void whatIsNoNumberIsRefused(String text) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ServerLimits.DEFAULT.with("queue", text));
    assertTrue(String.valueOf(e.getMessage()).contains("queue"), e.getMessage());
  }

  @Test
  void anUnknownNameShowsThoseThatThereAre() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ServerLimits.DEFAULT.with("qeue", "1"));
    assertTrue(String.valueOf(e.getMessage()).contains("queue, patience"), e.getMessage());
  }

  @Test
  void nothingIsPromisedThatEnginesWouldCutOff() {
    ServerLimits limits = ServerLimits.DEFAULT.with("drain", "50s");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> limits.with("drain", "51s"));
    assertTrue(String.valueOf(e.getMessage()).contains("at most 50 s"), e.getMessage());
  }
}
