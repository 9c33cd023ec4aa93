package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the processes that are measured are started. */
final class Jvm {
  private Jvm() {}

  /** The program that runs this process. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The options of this process, which its own processes shall have too. */
  static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /**
   * What an engine needs in its environment. ND4J takes its number of threads from there, and is
   * started as the {@code rtm} command starts it; other engines do without.
   */
  static Map<String, String> environment(Variant variant, int threads) {
    return variant.engineName().equals("samediff")
        ? Map.of("OMP_NUM_THREADS", Integer.toString(threads), "GOMP_SPINCOUNT", "1000")
        : Map.of();
  }

  /** Writes a program that runs Java in that environment, for those who can only name a program. */
  static Path wrapper(Path folder, Variant variant, int threads) throws IOException {
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    environment(variant, threads)
        .forEach((name, value) -> script.append("export %s=%s%n".formatted(name, value)));
    script.append("exec '%s' \"$@\"%n".formatted(java()));
    Path file = folder.resolve("java");
    Files.writeString(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }
}
