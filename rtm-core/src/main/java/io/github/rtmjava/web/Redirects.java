package io.github.rtmjava.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a web server may send somebody who asked for a file: to http and https only, and never from
 * https to http.
 */
public enum Redirects {
  /**
   * To no host of this machine or of a private network but the one that was named. A stranger could
   * otherwise let this program ask servers that only it can reach.
   */
  PUBLIC,

  /** To every host. */
  PRIVATE_TOO;

  /** So many in a row are followed. */
  public static final int MOST = 8;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  static RedirectException tooMany() {
    return new RedirectException("more than %s redirects".formatted(MOST));
  }

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
   * @throws RedirectException if it may not be followed; the message says why, and what to do
   */
  public URI next(URI named, URI from, String location) throws RedirectException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new RedirectException("a redirect to what is no address", e);
    }
    if (location.isEmpty() || to.getHost() == null || !scheme(to).matches("https?")) {
      throw new RedirectException(
          "a redirect to another scheme (%s), expected https".formatted(to.getScheme()));
    }
    if (scheme(from).equals("https") && !scheme(to).equals("https")) {
      throw new RedirectException("a redirect from https to http, which is not followed");
    }
    if (this == PUBLIC && !isSameHost(to, named) && isPrivate(to)) {
      throw new RedirectException(
          "a redirect to %s, a host of this machine or of a private network; name that address"
                  .formatted(to.getHost())
              + " itself if it is meant, or allow such hosts (--allow-private-hosts)");
    }
    return to;
  }

  /** Whether a host has no address but those of another, as 127.0.0.1 and localhost. */
  private static boolean isSameHost(URI to, URI named) {
    return to.getHost().equalsIgnoreCase(named.getHost())
        || (!addresses(to).isEmpty() && addresses(named).containsAll(addresses(to)));
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Whether any of a host's addresses is one that only this machine or its neighbours reach. */
  private static boolean isPrivate(URI uri) {
    return addresses(uri).stream().anyMatch(Redirects::isPrivate);
  }

  /** Empty for a host that is not known here, which then nobody reaches. */
  private static List<InetAddress> addresses(URI uri) {
    try {
      return List.of(InetAddress.getAllByName(uri.getHost()));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /** Whether an address is one that only this machine or its neighbours reach. */
  public static boolean isPrivate(InetAddress address) {
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
