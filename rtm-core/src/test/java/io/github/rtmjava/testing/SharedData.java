package io.github.rtmjava.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The parity data, which is not part of the repository: the folder named by the system property
 * {@code rtm.shared} or the variable {@code RTM_SHARED}, otherwise {@code shared} beside the
 * checkout. Tests that need it skip where it is absent; where the variable {@code
 * RTM_SHARED_REQUIRED} is {@code true}, as in continuous integration, they fail.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below it, by its relative path; ends the calling test where it is absent. */
  public static Path path(String relative) {
    return path(root(), relative, Boolean.parseBoolean(System.getenv("RTM_SHARED_REQUIRED")));
  }

  static Path path(@Nullable Path root, String relative, boolean required) {
    if (root == null) {
      throw absent("no parity data; name its folder with -Drtm.shared or RTM_SHARED", required);
    }
    Path path = root.resolve(relative);
    if (!Files.exists(path)) {
      throw absent("the parity data has no " + relative, required);
    }
    return path;
  }

  private static RuntimeException absent(String what, boolean required) {
    if (required) {
      throw new AssertionError(what + ", and RTM_SHARED_REQUIRED asks for it");
    }
    return new TestAbortedException("skipped: " + what);
  }

  private static @Nullable Path root() {
    String named = System.getProperty("rtm.shared", System.getenv("RTM_SHARED"));
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared");
      if (Files.isDirectory(candidate.resolve("oracle"))) {
        return candidate;
      }
    }
    return null;
  }
}
