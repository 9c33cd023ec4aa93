package io.github.rtmjava.image;

import io.github.rtmjava.web.RedirectException;
import io.github.rtmjava.web.Redirects;
import io.github.rtmjava.web.WebAnswer;
import io.github.rtmjava.web.WebClient;
import io.github.rtmjava.web.WebException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
    if (!WebClient.isWeb(address) || address.getHost() == null) {
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
    try (WebAnswer answer = Client.SHARED.get(address, Map.of(), PATIENCE, redirects)) {
      if (answer.status() != OK) {
        throw new ImageException(
            "%s: expected a picture, found HTTP status %s".formatted(name(), answer.status()));
      }
      int most = PictureBytes.most();
      return PictureBytes.checked(answer.body().read(most, PATIENCE), most, name());
    } catch (RedirectException e) {
      throw new ImageException(
          "%s: expected a picture, found %s".formatted(name(), e.getMessage()), e);
    } catch (InterruptedIOException e) {
      throw new InterruptedIOException(name() + ": interrupted");
    } catch (WebException e) {
      throw new ImageException(
          "%s: expected a picture, found that the address cannot be reached (%s)"
              .formatted(name(), e.getMessage()),
          e);
    }
  }

  /** Made when the first picture of the web is read. */
  private static final class Client {
    static final WebClient SHARED = new WebClient(PATIENCE);
  }
}
