package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Path HOME = Path.of("/home/ann");

  @Test
  void linuxFollowsXdg() {
    assertEquals(Path.of("/fast/rtm-java"), of("Linux", Map.of("XDG_CACHE_HOME", "/fast")));
    assertEquals(HOME.resolve(".cache/rtm-java"), of("Linux", Map.of("XDG_CACHE_HOME", "fast")));
    assertEquals(HOME.resolve(".cache/rtm-java"), of("Linux", Map.of()));
  }

  @Test
  void macHasItsLibrary() {
    assertEquals(HOME.resolve("Library/Caches/rtm-java"), of("Mac OS X", Map.of()));
  }

  @Test
  void windowsHasItsLocalData() {
    assertEquals(Path.of("/local/rtm-java"), of("Windows 11", Map.of("LOCALAPPDATA", "/local")));
  }

  @Test
  void ownVariableComesFirst() {
    assertEquals(
        Path.of("/mine"), of("Linux", Map.of("RTM_CACHE", "/mine", "XDG_CACHE_HOME", "/fast")));
  }

  @Test
  void homeOfTheEnvironmentComesBeforeJavas() {
    assertEquals(Path.of("/root/.cache/rtm-java"), of("Linux", Map.of("HOME", "/root")));
    assertEquals(HOME.resolve(".cache/rtm-java"), of("Linux", Map.of("HOME", "relative")));
  }

  @Test
  void nobodysHomeIsNoFolderOfTheWorkingFolder() {
    for (String system : List.of("Linux", "Mac OS X", "Windows 11")) {
      for (String home : List.of("?", "", "here", "\0")) {
        assertEquals(
            Path.of("/tmp/.rtm-java-_"),
            CacheFolder.of(Map.of(), system, home, "/tmp", "?"),
            system);
      }
    }
  }

  private static Path of(String system, Map<String, String> environment) {
    return CacheFolder.of(environment, system, HOME.toString(), "/tmp", "ann");
  }
}
