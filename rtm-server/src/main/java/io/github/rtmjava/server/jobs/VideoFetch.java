package io.github.rtmjava.server.jobs;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.jobs.JudgedHosts.PrivateHostException;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.web.BodyQueue;
import io.github.rtmjava.web.Redirects;
import io.github.rtmjava.web.WebAnswer;
import io.github.rtmjava.web.WebClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a video from an address that the operator allows. It is fetched wholly before it is
 * opened, so that nothing in it leads to another address.
 */
final class VideoFetch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int OK = 200;

  private final List<AddressPattern> allowed;
  private final long most;

  private final JudgedHosts hosts;
  private @Nullable WebClient judged;

  /**
   * For addresses out of these.
   *
   * @param most bytes of a video
   */
  VideoFetch(List<AddressPattern> allowed, long most) {
    this(allowed, most, JudgedHosts.here());
  }

  /**
   * The same with other names.
   *
   * @param hosts judges those that no pattern names
   */
  VideoFetch(List<AddressPattern> allowed, long most, JudgedHosts hosts) {
    this.allowed = allowed;
    this.most = most;
    this.hosts = hosts;
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
      try (WebAnswer answer = ask(at, address)) {
        if (answer.status() == OK) {
          save(answer.body(), target, progress);
          return;
        }
        if (!Redirects.isRedirect(answer.status())) {
          throw refused("status %s".formatted(answer.status()));
        }
        at = next(address, at, answer.header("Location"));
      }
    }
    throw refused("more than %s redirects".formatted(Redirects.MOST));
  }

  private static URI next(URI named, URI at, String location) {
    try {
      return Redirects.PUBLIC.next(named, at, location);
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** A host that is not named as it is may not be a private one. */
  private WebAnswer ask(URI at, URI first) {
    boolean byName =
        allowed.stream().anyMatch(pattern -> pattern.namesHost() && pattern.allows(first))
            && at.getHost().equalsIgnoreCase(first.getHost());
    try {
      return (byName ? Client.NAMED : judged()).ask(at, Map.of(), PATIENCE);
    } catch (IOException e) {
      throw refused(
          e.getCause() instanceof PrivateHostException own
              ? String.valueOf(own.getMessage())
              : reason(e));
    }
  }

  private synchronized WebClient judged() {
    WebClient made = judged;
    if (made == null) {
      made = new WebClient(PATIENCE, hosts, null);
      judged = made;
    }
    return made;
  }

  private void save(BodyQueue body, Path target, JobProgress progress) throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (NewFile file = NewFile.at(target)) {
      OutputStream out = file.out();
      long length = 0;
      for (var pieces = next(body, end); !pieces.isEmpty(); pieces = next(body, end)) {
        progress.requireGoingOn();
        for (ByteBuffer piece : pieces) {
          length += piece.remaining();
          if (length > most) {
            throw new ProblemException(
                Reason.TOO_LARGE,
                "expected a video of at most %s bytes at the address, found more".formatted(most));
          }
          byte[] bytes = new byte[piece.remaining()];
          piece.get(bytes);
          out.write(bytes);
        }
      }
      file.commit();
    }
  }

  private static List<ByteBuffer> next(BodyQueue body, long end) {
    try {
      return body.next(Duration.ofNanos(end - System.nanoTime()));
    } catch (IOException e) {
      throw refused(reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof InterruptedIOException ? "an interruption" : String.valueOf(e.getMessage());
  }

  private static ProblemException refused(String found) {
    return new ProblemException(
        Reason.UNREADABLE, "expected a video at the address, found " + found);
  }

  /** Made when the first video is fetched. */
  private static final class Client {
    static final WebClient NAMED = new WebClient(PATIENCE);
  }
}
