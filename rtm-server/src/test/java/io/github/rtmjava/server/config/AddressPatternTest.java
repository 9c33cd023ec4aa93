package io.github.rtmjava.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPatternTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.org/clips/*, https://a.org/clips/x/y.mp4?key=1, true",
    "https://a.org/clips/*, https://A.org:443/clips/x.mp4, true",
    "https://a.org/clips/*, http://a.org/clips/x.mp4, false",
    "https://a.org/clips/*, https://a.org:8443/clips/x.mp4, false",
    "https://a.org/clips/*, https://a.org/other/x.mp4, false",
    "https://a.org/clips/*, https://a.org/clips/../other/x.mp4, false",
    "https://a.org/clips/*, https://a.org/clips/%2E%2e/other/x.mp4, false",
    "https://a.org/clips/*, https://a.org/clips/..%5cx.mp4, false",
    "https://a.org/clips/*, https://me@a.org/clips/x.mp4, false",
    "https://a.org/clips/*, https://a.org.evil.example/clips/x.mp4, false",
    "https://*.a.org, https://videos.a.org, true",
    "https://*.a.org, https://a.org/x.mp4, false",
    "http://10.0.0.7:9000/*, http://10.0.0.7:9000/x, true",
    "http://a.org/*, file:///x, false",
  })
  void allowsWhatItNames(String pattern, String address, boolean allowed) {
    assertEquals(allowed, AddressPattern.of(pattern).allows(URI.create(address)));
  }

  @Test
  void tellsWhetherItNamesItsHost() {
    assertTrue(AddressPattern.of("http://10.0.0.7").namesHost());
    assertFalse(AddressPattern.of("http://*.7").namesHost());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.org", "file:///x", "ftp://a.org/*", "https://", "https://a.org/x?y=*"})
  void refusesWhatIsNoPattern(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressPattern.of(text));
  }
}
