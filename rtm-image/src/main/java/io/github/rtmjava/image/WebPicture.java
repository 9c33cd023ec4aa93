package io.github.rtmjava.image;

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
 */
record WebPicture(URI address) {
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
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .proxy(ProxySelector.getDefault())
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name() + ": interrupted");
    } catch (IOException e) {
      throw new ImageException(
          "%s: expected a picture, found that the address cannot be reached (%s)"
              .formatted(
                  name(), e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK) {
        throw new ImageException(
            "%s: expected a picture, found HTTP status %s"
                .formatted(name(), response.statusCode()));
      }
      return Images.read(body, name());
    }
  }
}
