package io.github.rtmjava.video;

import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an address of the web leads. FFmpeg follows redirects wherever they lead; so they are
 * followed here first, and it is given the last address.
 */
final class WebAddress {
  private WebAddress() {}

  /**
   * Follows redirects; what cannot be reached stays as it is, for FFmpeg to say why.
   *
   * @param patience for each answer
   * @param redirects which may be followed
   * @throws VideoException if one leads where it may not
   */
  static URI resolve(VideoSource.Address address, Duration patience, Redirects redirects)
      throws VideoException {
    URI at = address.uri();
    for (int i = 0; i < Redirects.MOST; i++) {
      String location = location(at, patience);
      if (location == null) {
        return at;
      }
      try {
        at = redirects.next(address.uri(), at, location);
      } catch (IOException e) {
        throw new VideoException(
            "%s: expected a video, found %s".formatted(address.name(), e.getMessage()), e);
      }
    }
    throw new VideoException(
        "%s: expected a video, found more than %s redirects"
            .formatted(address.name(), Redirects.MOST));
  }

  /** Null where the address does not lead elsewhere. */
  private static @Nullable String location(URI uri, Duration patience) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri).timeout(patience).header("Range", "bytes=0-0").build();
      HttpResponse<InputStream> response =
          Client.SHARED.send(request, HttpResponse.BodyHandlers.ofInputStream());
      response.body().close(); // which ends the transfer
      return Redirects.isRedirect(response.statusCode())
          ? response.headers().firstValue("Location").orElse("")
          : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Made when the first video of the web is read; it has threads of its own. */
  private static final class Client {
    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(15))
            .proxy(ProxySelector.getDefault())
            .build();
  }
}
