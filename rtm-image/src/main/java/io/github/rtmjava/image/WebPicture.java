package io.github.rtmjava.image;

import io.github.rtmjava.web.Answers;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * A picture on the web.
 *
 * @param address of {@code http} or {@code https}
 * @param redirects which are followed
 */
record WebPicture(URI address, Redirects redirects) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  WebPicture {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.matches("https?") || address.getHost() == null) {
      throw new IllegalArgumentException(
          "expected an address as https://host/picture.jpg, found " + address);
    }
  }

  /** The address without what may be secret: user and query. */
  String name() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getPath();
  }

  Image read() throws IOException {
    return read(PATIENCE);
  }

  /** Reads it in so much time, and up to as many bytes as a picture may have. */
  Image read(Duration patience) throws IOException {
    byte[] data = PictureBytes.inTime(this::bytes, name(), patience);
    return Images.decode(data, name());
  }

  private byte[] bytes() throws IOException {
    URI at = address;
    for (int i = 0; i <= Redirects.MOST; i++) {
      HttpResponse<InputStream> response = ask(at);
      try (InputStream body = response.body()) {
        if (response.statusCode() == OK) {
          return PictureBytes.of(body, name());
        } else if (!Redirects.isRedirect(response.statusCode())) {
          throw new ImageException(
              "%s: expected a picture, found HTTP status %s"
                  .formatted(name(), response.statusCode()));
        }
      } catch (ImageException e) {
        throw e;
      } catch (IOException e) {
        throw broken(e);
      }
      at = next(at, response.headers().firstValue("Location").orElse(""));
    }
    throw new ImageException(
        "%s: expected a picture, found more than %s redirects".formatted(name(), Redirects.MOST));
  }

  private URI next(URI from, String location) throws ImageException {
    try {
      return redirects.next(address, from, location);
    } catch (IOException e) {
      throw new ImageException(
          "%s: expected a picture, found %s".formatted(name(), e.getMessage()), e);
    }
  }

  private HttpResponse<InputStream> ask(URI at) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(at).timeout(PATIENCE).build();
    try {
      return Client.SHARED.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name() + ": interrupted");
    } catch (IOException | IllegalArgumentException e) {
      throw broken(e);
    }
  }

  private ImageException broken(Exception e) {
    return new ImageException(
        "%s: expected a picture, found that the address cannot be reached (%s)"
            .formatted(name(), Answers.reason(e)),
        e);
  }

  /** Made when the first picture of the web is read; it has threads of its own. */
  private static final class Client {
    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .proxy(ProxySelector.getDefault())
            .build();
  }
}
