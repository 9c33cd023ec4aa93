package io.github.rtmjava.benchmarks.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code rtm serve} as a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "ready at ";
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one on a free port, and waits until it is ready.
   *
   * @param java options of Java besides the usual ones
   * @param flags of the command
   */
  static ServerProcess start(List<String> java, List<String> flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.github.rtmjava.app.Rtm",
            "serve",
            "--port",
            "0"));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException("expected a server that gets ready, found one that says " + line);
    }
    return new ServerProcess(process, URI.create(line.substring(READY.length())));
  }

  /** Where it listens. */
  URI address() {
    return address;
  }

  /** Its number, for those who look at its memory. */
  long pid() {
    return process.pid();
  }

  /** Asks it to end, which it does when everything accepted is answered. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the server does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
