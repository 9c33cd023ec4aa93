package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to be settled before the first class of JavaCPP or JNA is loaded, which unpack native
 * libraries into folders and load them from there. What the user has set stays as it is.
 *
 * <p>JavaCPP's limit on the memory of the whole process, four times the Java heap, is taken away:
 * above it every small native object would collect garbage for a second and then fail, though
 * models lie outside of the heap and their owners free them. Where another library of the program
 * has used JavaCPP before, its limit stays; start Java with {@code
 * -Dorg.bytedeco.javacpp.maxphysicalbytes=0} then.
 */
public final class NativeSettings {
  /** The option of Java that lets native libraries in, where it is told not to. */
  public static final String ALLOW = "--enable-native-access=ALL-UNNAMED";

  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";
  private static final String JNA = "jna.tmpdir";
  private static final List<String> PROCESS_LIMIT =
      List.of("org.bytedeco.javacpp.maxphysicalbytes", "org.bytedeco.javacpp.maxPhysicalBytes");

  private NativeSettings() {}

  /** Settles it; more often than once does no harm. */
  public static void apply() {
    if (PROCESS_LIMIT.stream().allMatch(name -> System.getProperty(name) == null)) {
      System.setProperty(PROCESS_LIMIT.get(0), "0");
    }
    if (named().isEmpty()) {
      set(JAVACPP, folders());
    }
    if (System.getProperty(JNA) == null
        && !home(".cache").map(NativeSettings::usable).orElse(false)) {
      set(JNA, List.of(CacheFolder.here().resolve("jna")));
    }
  }

  private static void set(String property, List<Path> folders) {
    folders.stream()
        .filter(NativeSettings::usable)
        .findFirst()
        .ifPresent(folder -> System.setProperty(property, folder.toString()));
  }

  /** Why something native does not load and what to do, in one line. */
  public static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    String found = text.strip().lines().findFirst().orElse("");
    return advice(found.toLowerCase(Locale.ROOT))
        .map(advice -> "%s (%s)".formatted(advice, found))
        .orElse(found);
  }

  private static Optional<String> advice(String found) {
    String places =
        named().orElseGet(() -> String.join(", ", folders().stream().map(Path::toString).toList()));
    String remedy = "; name another with RTM_CACHE=DIR or -D" + JAVACPP + "=DIR";
    if (found.contains("failed to map segment") || found.contains("operation not permitted")) {
      return Optional.of(
          "expected a folder from which native libraries may be run, found one that is mounted"
              + " noexec: %s%s".formatted(places, remedy));
    }
    if (found.contains("illegal native access")) {
      return Optional.of(
          "expected a Java that lets native libraries in, found one that does not; start it with "
              + ALLOW);
    }
    if (found.contains("could not create the cache")
        || found.contains("permission denied")
        || found.contains("read-only file system")
        || found.contains("no space left")) {
      return Optional.of(
          "expected a folder into which native libraries can be unpacked, found none that can be"
              + " written: %s%s".formatted(places, remedy));
    }
    return Optional.empty();
  }

  private static Optional<String> named() {
    // JavaCPP knows both spellings.
    return Stream.of(JAVACPP, "org.bytedeco.javacpp.cacheDir")
        .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
        .findFirst();
  }

  /** Where libraries may be unpacked, best place first; JavaCPP's own places are among them. */
  private static List<Path> folders() {
    Optional<Path> usual = home(".javacpp").map(path -> path.resolve("cache"));
    Path own = CacheFolder.here().resolve("javacpp");
    List<Path> folders = new ArrayList<>();
    usual.filter(NativeSettings::filled).ifPresent(folders::add);
    if (CacheFolder.isNamed()) {
      folders.add(own);
    }
    usual.ifPresent(folders::add);
    folders.add(own);
    CacheFolder.absolute(System.getProperty("java.io.tmpdir", ""))
        .map(path -> path.resolve(".javacpp-" + System.getProperty("user.name")).resolve("cache"))
        .ifPresent(folders::add);
    return folders.stream().distinct().toList();
  }

  /** Below Java's idea of the home folder, which is {@code ?} for users without one. */
  private static Optional<Path> home(String name) {
    return CacheFolder.absolute(System.getProperty("user.home", "")).map(p -> p.resolve(name));
  }

  /** Libraries that are there already need no room. */
  private static boolean filled(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes it. */
  private static boolean usable(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) || filled(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
