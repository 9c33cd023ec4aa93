package io.github.rtmjava.server.jobs;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.web.Answers;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Brings a video from an address that the operator allows. It is fetched wholly before it is
 * opened, so that nothing in it leads to another address.
 */
final class VideoFetch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int BUFFER = 1 << 16;
  private static final int OK = 200;

  private final List<AddressPattern> allowed;
  private final long most;

  /**
   * For addresses out of these.
   *
   * @param most bytes of a video
   */
  VideoFetch(List<AddressPattern> allowed, long most) {
    this.allowed = allowed;
    this.most = most;
  }

  /**
   * The address that a text is, if it may be fetched.
   *
   * @throws ProblemException if it may not
   */
  URI require(String text) {
    if (allowed.isEmpty()) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected the video in the body: this service fetches none; its operator can allow"
              + " addresses with --allow-urls");
    }
    try {
      URI address = new URI(text);
      if (allowed.stream().anyMatch(pattern -> pattern.allows(address))) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new ProblemException(
        Reason.BAD_REQUEST,
        "expected an address that the operator allows (--allow-urls), found another");
  }

  /**
   * Fetches it.
   *
   * @param progress is asked whether to go on
   * @throws ProblemException if it cannot be had, or is too large
   * @throws IOException if the file cannot be written
   */
  void fetch(URI address, Path target, JobProgress progress) throws IOException {
    URI at = address;
    for (int i = 0; i <= Redirects.MOST; i++) {
      requireReachable(at, address);
      HttpResponse<InputStream> response = ask(at);
      try (InputStream body = response.body()) {
        closeLate(body);
        if (response.statusCode() == OK) {
          save(body, target, progress);
          return;
        }
        if (!Redirects.isRedirect(response.statusCode())) {
          throw refused("status %s".formatted(response.statusCode()));
        }
        at = next(address, at, response.headers().firstValue("Location").orElse(""));
      }
    }
    throw refused("more than %s redirects".formatted(Redirects.MOST));
  }

  /** Ends a read that waits for what does not come. */
  private static void closeLate(InputStream body) {
    CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS)
        .execute(
            () -> {
              try {
                body.close();
              } catch (IOException e) {
                // It is closed already.
              }
            });
  }

  /** A host that is not named as it is may not be a private one. */
  private void requireReachable(URI at, URI named) {
    boolean byName =
        allowed.stream().anyMatch(pattern -> pattern.namesHost() && pattern.allows(named))
            && at.getHost().equalsIgnoreCase(named.getHost());
    if (!byName && Redirects.isPrivate(at)) {
      throw refused("a host of this machine or of a private network, which no pattern names");
    }
  }

  private static URI next(URI named, URI at, String location) {
    try {
      return Redirects.PUBLIC.next(named, at, location);
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse<InputStream> ask(URI at) {
    try {
      return Client.SHARED.send(
          HttpRequest.newBuilder(at).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException e) {
      throw refused(Answers.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("an interruption");
    }
  }

  private void save(InputStream body, Path target, JobProgress progress) throws IOException {
    try (NewFile file = NewFile.at(target)) {
      OutputStream out = file.out();
      byte[] part = new byte[BUFFER];
      long length = 0;
      for (int n = read(body, part); n >= 0; n = read(body, part)) {
        progress.requireGoingOn();
        length += n;
        if (length > most) {
          throw new ProblemException(
              Reason.TOO_LARGE,
              "expected a video of at most %s bytes at the address, found more".formatted(most));
        }
        out.write(part, 0, n);
      }
      file.commit();
    }
  }

  private static int read(InputStream body, byte[] part) {
    try {
      return body.read(part);
    } catch (IOException e) {
      throw refused(Answers.reason(e));
    }
  }

  private static ProblemException refused(String found) {
    return new ProblemException(
        Reason.UNREADABLE, "expected a video at the address, found " + found);
  }

  /** Made when the first video is fetched; it has threads of its own. */
  private static final class Client {
    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .proxy(ProxySelector.getDefault())
            .build();
  }
}
