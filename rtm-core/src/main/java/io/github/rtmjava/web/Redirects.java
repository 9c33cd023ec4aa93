package io.github.rtmjava.web;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Where a web server may send somebody who asked for a file: to http and https only, never from
 * https to http, and from a public address to no host of this machine or of a private network. A
 * stranger could otherwise let this program ask servers that only it can reach.
 */
public final class Redirects {
  /** So many in a row are followed. */
  public static final int MOST = 8;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirects() {}

  /** Whether an answer of this status sends elsewhere. */
  public static boolean isRedirect(int status) {
    return STATUSES.contains(status);
  }

  /**
   * The next address.
   *
   * @param named what the user named
   * @param from what was asked now
   * @param location what the server answered; may be relative
   * @throws IOException if it may not be followed; the message says why, and what to do
   */
  public static URI next(URI named, URI from, String location) throws IOException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to what is no address", e);
    }
    if (location.isEmpty() || to.getHost() == null || !scheme(to).matches("https?")) {
      throw new IOException(
          "a redirect to another scheme (%s), expected https".formatted(to.getScheme()));
    }
    if (scheme(from).equals("https") && !scheme(to).equals("https")) {
      throw new IOException("a redirect from https to http, which is not followed");
    }
    if (!to.getHost().equalsIgnoreCase(named.getHost()) && isPrivate(to) && !isPrivate(named)) {
      throw new IOException(
          "a redirect to %s, a host of this machine or of a private network; name that address"
                  .formatted(to.getHost())
              + " itself if it is meant");
    }
    return to;
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Whether any of a host's addresses is one that only this machine or its neighbours reach. */
  private static boolean isPrivate(URI uri) {
    try {
      return Arrays.stream(InetAddress.getAllByName(uri.getHost())).anyMatch(Redirects::isPrivate);
    } catch (UnknownHostException e) {
      return false; // then nobody reaches it
    }
  }

  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean listed =
        address instanceof Inet6Address
            ? (bytes[0] & 0xfe) == 0xfc // unique local
            : bytes[0] == 0 || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64); // this net, carriers
    return listed
        || address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress();
  }
}
