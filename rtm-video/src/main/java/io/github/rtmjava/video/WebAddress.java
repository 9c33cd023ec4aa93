package io.github.rtmjava.video;

import io.github.rtmjava.web.RedirectException;
import io.github.rtmjava.web.Redirects;
import io.github.rtmjava.web.WebClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

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
   * @throws VideoException if one leads where it may not, or the thread is interrupted
   */
  static URI resolve(VideoSource.Address address, Duration patience, Redirects redirects)
      throws VideoException {
    try {
      return Client.SHARED.resolve(address.uri(), patience, redirects);
    } catch (RedirectException e) {
      throw new VideoException(
          "%s: expected a video, found %s".formatted(address.name(), e.getMessage()), e);
    } catch (IOException e) {
      throw new VideoException("%s: interrupted".formatted(address.name()), e);
    }
  }

  /** Made when the first video of the web is read. */
  private static final class Client {
    static final WebClient SHARED = new WebClient(Duration.ofSeconds(15));
  }
}
