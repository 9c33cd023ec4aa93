package io.github.rtmjava.files;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where downloaded models and the like are kept. */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of this process: the system property {@code rtm.cache} comes before all else. */
  public static Path here() {
    String property = System.getProperty("rtm.cache", "");
    return property.isEmpty()
        ? of(
            System.getenv(),
            System.getProperty("os.name", ""),
            Path.of(System.getProperty("user.home", "")))
        : Path.of(property).toAbsolutePath();
  }

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
      return Path.of(own).toAbsolutePath();
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
