package io.github.rtmjava.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where downloaded models and the like are kept. */
final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code RTM_CACHE} if it is set, otherwise the platform's usual place.
   *
   * @param environment of the process
   * @param system name of the operating system, as in the property {@code os.name}
   * @param home the user's home folder
   */
  static Path of(Map<String, String> environment, String system, Path home) {
    String own = environment.getOrDefault("RTM_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      Path folder = local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local);
      return folder.resolve("rtm-java");
    }
    if (lower.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches").resolve("rtm-java");
    }
    // The XDG specification has relative paths ignored.
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".cache")).resolve("rtm-java");
  }
}
