package io.github.rtmjava.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/**
 * The parity data, which is not part of the repository: the folder named by the system property
 * {@code rtm.shared} or the variable {@code RTM_SHARED}, otherwise {@code shared} beside the
 * checkout. Tests that need it skip where it is absent.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below it, by its relative path; skips the calling test where it is absent. */
  public static Path path(String relative) {
    Path root = root();
    if (root == null) {
      throw new TestAbortedException(
          "skipped: no parity data; name its folder with -Drtm.shared or RTM_SHARED");
    }
    Path path = root.resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), "skipped: the parity data has no " + relative);
    return path;
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
