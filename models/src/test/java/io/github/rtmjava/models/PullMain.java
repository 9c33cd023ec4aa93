package io.github.rtmjava.models;

import io.github.rtmjava.model.ModelListener;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A process of its own that pulls the test model: CACHE SHA256 URL. */
final class PullMain {
  private PullMain() {}

  public static void main(String[] args) throws IOException {
    ZooEntry entry = TestModels.entry(args[1], URI.create(args[2]));
    TestModels.zoo(Path.of(args[0]), entry).pull(entry.name(), ModelListener.NONE);
  }

  /** Starts such a process; what it prints comes out with the test's. */
  static Process start(Path cache, String sha256, URI url) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PullMain.class.getName(),
            cache + "",
            sha256,
            url.toString())
        .redirectErrorStream(true)
        .redirectOutput(new File(cache.resolveSibling("process-" + System.nanoTime()) + ".log"))
        .start();
  }
}
