package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooSettingsTest {

  @ParameterizedTest
  @CsvSource({"1, true", "yes, true", "TRUE, true", "0, false", "false, false", "'', false"})
  void offlineIsASwitch(String value, boolean on) {
    assertEquals(on, ZooSettings.isOn(value));
  }

  @Test
  void mirrorsAreAList() {
    assertEquals(
        List.of(URI.create("https://a.example/m/"), URI.create("http://b.example/")),
        ZooSettings.mirrors("https://a.example/m, http://b.example/"));
    assertEquals(List.of(), ZooSettings.mirrors(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "/mnt/models", "ftp://a.example", "https://"})
  void whatIsNoMirrorIsRefused(String value) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ZooSettings.mirrors(value));
    assertTrue(e.getMessage().startsWith("RTM_MIRROR: expected addresses"), e.getMessage());
  }
}
