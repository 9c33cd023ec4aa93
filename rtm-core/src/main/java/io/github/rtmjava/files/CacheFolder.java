package io.github.rtmjava.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where downloaded models and the like are kept. */
public final class CacheFolder {
  private static final String NAME = "rtm-java";

  private CacheFolder() {}

  /**
   * The folder of this process, an absolute path: that of the system property {@code rtm.cache} or
   * of the environment variable {@code RTM_CACHE}; otherwise the platform's usual one in {@code
   * XDG_CACHE_HOME} or the home folder ({@code HOME}, then Java's {@code user.home}); where there
   * is no home, one in the folder for temporary files.
   */
  public static Path here() {
    String property = System.getProperty("rtm.cache", "");
    return property.isEmpty()
        ? of(
            System.getenv(),
            System.getProperty("os.name", ""),
            System.getProperty("user.home", ""),
            System.getProperty("java.io.tmpdir", ""),
            System.getProperty("user.name", ""))
        : Path.of(property).toAbsolutePath();
  }

  /**
   * The same of another process.
   *
   * @param environment its variables
   * @param system name of the operating system, as in the property {@code os.name}
   * @param userHome Java's idea of the home folder, which is {@code ?} for users without one
   * @param temporary the folder for temporary files
   * @param user the user's name
   */
  static Path of(
      Map<String, String> environment,
      String system,
      String userHome,
      String temporary,
      String user) {
    String own = environment.getOrDefault("RTM_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    // The XDG specification has relative paths ignored.
    Optional<Path> home =
        absolute(environment.getOrDefault("HOME", "")).or(() -> absolute(userHome));
    String lower = system.toLowerCase(Locale.ROOT);
    Optional<Path> caches;
    if (lower.startsWith("windows")) {
      caches =
          absolute(environment.getOrDefault("LOCALAPPDATA", ""))
              .or(() -> absolute(userHome).map(path -> path.resolve("AppData").resolve("Local")));
    } else if (lower.startsWith("mac")) {
      caches = home.map(path -> path.resolve("Library").resolve("Caches"));
    } else {
      caches =
          absolute(environment.getOrDefault("XDG_CACHE_HOME", ""))
              .or(() -> home.map(path -> path.resolve(".cache")));
    }
    return caches
        .map(path -> path.resolve(NAME))
        .orElseGet(
            () ->
                Path.of(temporary)
                    .toAbsolutePath()
                    .resolve("." + NAME + "-" + user.replaceAll("\\W", "_")));
  }

  /** Whether the user has named it, rather than the platform. */
  static boolean isNamed() {
    return !System.getProperty("rtm.cache", "").isEmpty()
        || !System.getenv().getOrDefault("RTM_CACHE", "").isEmpty();
  }

  /** A folder by its absolute path; empty for what is none. */
  static Optional<Path> absolute(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
