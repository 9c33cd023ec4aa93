package io.github.rtmjava.models;

import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.web.RedirectException;
import io.github.rtmjava.web.WebAnswer;
import io.github.rtmjava.web.WebClient;
import io.github.rtmjava.web.WebException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings files from the web: goes on where an earlier attempt ended, tries one address after the
 * other, and puts a file in its place only when its size and SHA-256 are right.
 */
final class Downloader {
  private static final int MAX_ATTEMPTS = 200;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");

  private final Transfer transfer;
  private final WebClient client;

  Downloader(Transfer transfer) {
    this.transfer = transfer;
    this.client =
        new WebClient(transfer.connect(), transfer.proxies(), transfer.proxies().authenticator());
  }

  /** A file that has come. */
  record Fetched(Path file, String sha256, URI from) {}

  /**
   * Downloads a file to a folder. Callers see to it that nobody else does at the same time.
   *
   * @throws IOException if no address has it, or it cannot be written; the message names each
   *     address and what happened there
   */
  Fetched fetch(RemoteFile wanted, Path folder, ModelListener listener) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(wanted.name());
    PartFile part = new PartFile(target);
    List<String> failures = new ArrayList<>();
    for (URI url : wanted.urls()) {
      try {
        String sha256 = persist(wanted, url, part, listener);
        part.commit();
        return new Fetched(target, sha256, url);
      } catch (InterruptedIOException e) {
        throw interrupted();
      } catch (WebException | RedirectException e) {
        failures.add(Addresses.withoutSecrets(url) + ": " + e.getMessage());
      }
    }
    throw new IOException(
        "%s cannot be downloaded: %s; set RTM_MIRROR or HTTPS_PROXY if there is no way to it from"
                .formatted(wanted.name(), String.join("; ", failures))
            + " here, or bring the file yourself with 'rtm models pull --from-file'");
  }

  /** Tries one address until the file is there or nothing more comes; returns its SHA-256. */
  private String persist(RemoteFile wanted, URI url, PartFile part, ModelListener listener)
      throws IOException {
    int fruitless = 0;
    for (int attempt = 1; ; attempt++) {
      long before = part.size();
      try {
        boolean resumed = transfer(wanted, url, part, listener);
        return verify(wanted, part, resumed);
      } catch (WebException e) {
        fruitless = part.size() > before ? 0 : fruitless + 1;
        if (!e.isTemporary() || fruitless >= transfer.attempts() || attempt >= MAX_ATTEMPTS) {
          throw e;
        }
      }
      pause(transfer.pause().multipliedBy(fruitless + 1));
    }
  }

  private static String verify(RemoteFile wanted, PartFile part, boolean resumed)
      throws IOException {
    String sha256 = Sha256.of(part.path());
    if (wanted.checksum().accepts(sha256)) {
      return sha256;
    }
    part.discard();
    String message =
        "expected a file with %s, found %s".formatted(wanted.checksum().describe(), sha256);
    throw resumed ? WebException.temporary(message) : WebException.lasting(message);
  }

  /** One request; returns whether it went on from an earlier one. */
  private boolean transfer(RemoteFile wanted, URI url, PartFile part, ModelListener listener)
      throws IOException {
    String validator = part.validator(url);
    // Without a name for the version, only the SHA-256 can tell whether the two parts fit.
    long from = !validator.isEmpty() || wanted.checksum().isKnown() ? part.size() : 0;
    Map<String, String> headers =
        from == 0
            ? Map.of()
            : validator.isEmpty()
                ? Map.of("Range", "bytes=" + from + "-")
                : Map.of("Range", "bytes=" + from + "-", "If-Range", validator);
    try (WebAnswer answer = client.get(url, headers, transfer.connect(), transfer.redirects())) {
      if (answer.status() == 416) {
        return isWhole(answer, from, part);
      }
      requireFile(answer);
      boolean resumed = answer.status() == 206;
      long total = resumed ? resumedTotal(answer, from, part) : answer.length();
      requireRoom(wanted, part, total, resumed ? from : 0);
      if (!resumed) {
        part.begin(url, validator(answer));
      }
      receive(wanted, answer, part, total, listener);
      return resumed;
    }
  }

  /**
   * The server has nothing beyond what is there: that is all of it, or the beginning of another.
   */
  private static boolean isWhole(WebAnswer answer, long from, PartFile part) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range"));
    if (from > 0 && range.matches() && range.group(2).equals(Long.toString(from))) {
      return true;
    }
    part.discard();
    throw from > 0
        ? WebException.temporary("the file there is shorter than what had come")
        : WebException.lasting("no such range (416)");
  }

  private static void requireFile(WebAnswer answer) throws WebException {
    int status = answer.status();
    if (status != 200 && status != 206) {
      throw switch (status) {
        case 404, 410 -> WebException.lasting("it is not there (%s)".formatted(status));
        case 401, 403 -> WebException.lasting("no permission (%s)".formatted(status));
        case 407 ->
            WebException.lasting(
                "the proxy asks for a name and password (407); write them into HTTPS_PROXY and"
                    + " start Java with -Djdk.http.auth.tunneling.disabledSchemes=");
        case 408, 429, 500, 502, 503, 504 ->
            WebException.temporary("the server is not able to (%s)".formatted(status));
        default -> WebException.lasting("an unexpected answer (%s)".formatted(status));
      };
    }
    String encoding = answer.header("Content-Encoding").toLowerCase(Locale.ROOT);
    if (!encoding.isEmpty() && !encoding.equals("identity")) {
      throw WebException.lasting(
          "expected the file itself, found a body compressed with %s".formatted(word(encoding)));
    }
    if (answer.header("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw webPage();
    }
  }

  private static WebException webPage() {
    return WebException.lasting(
        "expected a model file, found a web page; a proxy or a login may be in between");
  }

  private static long resumedTotal(WebAnswer answer, long from, PartFile part) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range"));
    boolean fits =
        from > 0
            && range.matches()
            && range.group(1) != null
            && Long.parseLong(range.group(1)) == from;
    if (!fits) {
      part.discard();
      throw WebException.temporary("the server sent another part than was asked for");
    }
    return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
  }

  /** A strong entity tag or the date; weak tags do not promise equal bytes. */
  private static String validator(WebAnswer answer) {
    String tag = answer.header("ETag");
    String validator =
        tag.startsWith("\"") && tag.endsWith("\"") ? tag : answer.header("Last-Modified");
    return validator.matches("[\\x20-\\x7e]{1,200}") ? validator : "";
  }

  private static void requireRoom(RemoteFile wanted, PartFile part, long total, long from)
      throws IOException {
    if (total > wanted.maxBytes()) {
      throw WebException.lasting(
          String.format(
              Locale.ROOT, "expected at most %,d bytes, found %,d", wanted.maxBytes(), total));
    }
    Path folder = part.path().toAbsolutePath().getParent();
    if (folder != null && total > 0) {
      long free = Files.getFileStore(folder).getUsableSpace() + (from == 0 ? part.size() : 0);
      if (free < total - from) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s needs %,d bytes in %s, where %,d are free; make room or set RTM_CACHE to"
                    + " another folder",
                wanted.name(),
                total - from,
                folder,
                free));
      }
    }
  }

  private void receive(
      RemoteFile wanted, WebAnswer answer, PartFile part, long total, ModelListener listener)
      throws IOException {
    long most = total < 0 ? wanted.maxBytes() : total;
    long done = part.size();
    long began = System.nanoTime();
    long sinceThen = 0;
    try (FileChannel channel = part.append()) {
      while (true) {
        Duration left = transfer.stall().minusNanos(System.nanoTime() - began);
        List<ByteBuffer> buffers = answer.body().next(left);
        if (buffers.isEmpty()) {
          break;
        }
        for (ByteBuffer bytes : buffers) {
          if (done == 0 && looksLikeWebPage(bytes)) {
            throw webPage();
          }
          sinceThen += bytes.remaining();
          done += bytes.remaining();
          if (done > most) {
            part.discard();
            throw WebException.lasting(
                String.format(Locale.ROOT, "more than %,d bytes came", most));
          }
          PartFile.write(channel, bytes);
        }
        if (sinceThen >= transfer.stallBytes()) {
          began = System.nanoTime();
          sinceThen = 0;
        }
        listener.progress(wanted.name(), done, total);
      }
    }
    if (total >= 0 && done < total) {
      throw WebException.temporary(
          String.format(Locale.ROOT, "the connection ended after %,d of %,d bytes", done, total));
    }
  }

  private static boolean looksLikeWebPage(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(64, bytes.remaining())];
    bytes.duplicate().get(start);
    String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html") || text.startsWith("<html");
  }

  /** A word out of a stranger's header, fit to be shown. */
  private static String word(String text) {
    return text.substring(0, Math.min(20, text.length())).replaceAll("[^a-z0-9-]", "?");
  }

  private static void pause(Duration duration) throws InterruptedIOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException(
        "the download was interrupted; the next one goes on from there");
  }
}
