package io.github.rtmjava.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * What is run once after a build, for Java to keep the classes of quick starts in one archive:
 * {@code infer} on some pictures, then {@code serve} until it has answered one of them. Arguments:
 * the folder of pictures, and one for results.
 */
final class StartTraining {
  private static final Pattern READY = Pattern.compile("ready at (\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  private StartTraining() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(Path.of(args[0]), Path.of(args[1])));
  }

  /** The exit code of {@code infer}: an archive without {@code serve} is one as well. */
  static int run(Path pictures, Path results) {
    int code = Rtm.execute("infer", pictures.toString(), "-o", results.toString());
    try {
      serve(pictures);
    } catch (IOException | InterruptedException e) {
      System.err.println("rtm: serve is not in the archive: " + Errors.line(e));
    }
    return code;
  }

  /**
   * Starts a service on a free port, asks it for the page and for a picture's poses, and ends it.
   */
  static void serve(Path pictures) throws IOException, InterruptedException {
    byte[] picture = picture(pictures);
    StringWriter said = new StringWriter();
    CommandLine rtm = RtmCommand.commandLine();
    rtm.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    Thread service = new Thread(() -> rtm.execute("serve", "--port", "0"), "serve");
    service.setDaemon(true);
    service.start();
    try {
      URI address = awaitAddress(said, service);
      ask(address, null);
      ask(address.resolve("/v1/poses"), picture);
    } finally {
      service.interrupt();
      service.join(PATIENCE.toMillis());
    }
  }

  private static URI awaitAddress(StringWriter said, Thread service)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Matcher ready = READY.matcher("");
    while (!ready.reset(said.toString()).find()) {
      if (!service.isAlive() || System.nanoTime() > end) {
        throw new IOException("expected a service that is ready, found: " + said);
      }
      Thread.sleep(POLL_MILLIS);
    }
    return URI.create(ready.group(1));
  }

  private static byte[] picture(Path folder) throws IOException {
    try (DirectoryStream<Path> pictures = Files.newDirectoryStream(folder, "*.png")) {
      for (Path picture : pictures) {
        return Files.readAllBytes(picture);
      }
    }
    throw new IOException("expected a picture, found none in " + folder);
  }

  private static void ask(URI address, byte @Nullable [] body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    if (body != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    try (InputStream answer = connection.getInputStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    }
  }
}
