package io.github.rtmjava.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Asks web servers for files: models, pictures, and where a video is. For any number of threads; it
 * has some of its own.
 */
public final class WebClient {
  private final HttpClient client;

  /**
   * With the proxies that Java's system properties name.
   *
   * @param connect time for a connection
   */
  public WebClient(Duration connect) {
    this(connect, ProxySelector.getDefault(), null);
  }

  /**
   * With proxies.
   *
   * @param connect time for a connection
   * @param password what proxies are told; null for nothing
   */
  public WebClient(Duration connect, ProxySelector proxies, @Nullable Authenticator password) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .proxy(proxies);
    if (password != null) {
      builder.authenticator(password);
    }
    this.client = builder.build();
  }

  /** Whether an address is one of the web. */
  public static boolean isWeb(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
  }

  /**
   * Sends a GET request and follows redirects.
   *
   * @param patience for the head of each answer
   * @param redirects which are followed
   * @throws RedirectException if one may not be followed, or there are too many
   * @throws WebException if no answer comes
   * @throws InterruptedIOException if the thread is interrupted, and it stays so
   */
  public WebAnswer get(
      URI address, Map<String, String> headers, Duration patience, Redirects redirects)
      throws IOException {
    URI at = address;
    for (int i = 0; i <= Redirects.MOST; i++) {
      WebAnswer answer = ask(at, headers, patience);
      if (!Redirects.isRedirect(answer.status())) {
        return answer;
      }
      answer.close();
      at = redirects.next(address, at, answer.header("Location"));
    }
    throw Redirects.tooMany();
  }

  /**
   * Where redirects lead in the end; where an address cannot be reached, to that one.
   *
   * @param patience for the head of each answer
   * @param redirects which are followed
   * @throws RedirectException if one may not be followed, or there are too many
   * @throws InterruptedIOException if the thread is interrupted, and it stays so
   */
  public URI resolve(URI address, Duration patience, Redirects redirects) throws IOException {
    URI at = address;
    for (int i = 0; i <= Redirects.MOST; i++) {
      try (WebAnswer answer = ask(at, Map.of("Range", "bytes=0-0"), patience)) {
        if (!Redirects.isRedirect(answer.status())) {
          return at;
        }
        at = redirects.next(address, at, answer.header("Location"));
      } catch (WebException e) {
        return at;
      }
    }
    throw Redirects.tooMany();
  }

  /**
   * Sends one GET request, and follows nothing.
   *
   * @param patience for the head of the answer
   * @throws WebException if no answer comes
   * @throws InterruptedIOException if the thread is interrupted, and it stays so
   */
  public WebAnswer ask(URI url, Map<String, String> headers, Duration patience) throws IOException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url)
              .timeout(patience)
              .header("Accept-Encoding", "identity")
              .header("User-Agent", "rtm-java");
      headers.forEach(request::header);
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofPublisher());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an answer was waited for");
    } catch (IOException | IllegalArgumentException e) {
      throw WebException.unreachable(e);
    }
    BodyQueue body = new BodyQueue();
    response.body().subscribe(body);
    return new WebAnswer(response.statusCode(), response.headers(), body);
  }
}
