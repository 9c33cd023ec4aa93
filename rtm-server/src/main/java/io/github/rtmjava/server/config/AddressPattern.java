package io.github.rtmjava.server.config;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that an operator allows: {@code https://videos.example.org/clips/*}, where {@code *}
 * stands for any characters. Without a path every path of the host is meant. A host that is named
 * without {@code *} may be one of this machine or of a private network; others may not.
 */
public final class AddressPattern {
  private static final Pattern FORM =
      Pattern.compile("(?i)(https?)://([a-z0-9.*-]+|\\[[0-9a-f:]+])(?::(\\d{1,5}))?(/[^?#\\s]*)?");

  /** What servers take for the folder above, or for the end of a folder's name. */
  private static final Pattern CLIMBING = Pattern.compile("(?i)\\.\\.|%2e|%2f|%5c|\\\\");

  private final String text;
  private final String scheme;
  private final String host;
  private final int port;
  private final Pattern hosts;
  private final Pattern paths;

  private AddressPattern(String text, String scheme, String host, int port, String path) {
    this.text = text;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.hosts = globbed(host);
    this.paths = globbed(path);
  }

  /**
   * A pattern as an operator writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressPattern of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected addresses as https://videos.example.org/clips/*, found '%s'".formatted(text));
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    int port = form.group(3) == null ? usualPort(scheme) : Integer.parseInt(form.group(3));
    String path = form.group(4);
    return new AddressPattern(
        text, scheme, form.group(2).toLowerCase(Locale.ROOT), port, path == null ? "/*" : path);
  }

  /** Whether it allows an address. */
  public boolean allows(URI address) {
    if (address.getScheme() == null
        || address.getHost() == null
        || address.getRawUserInfo() != null) {
      return false;
    }
    String other = address.getScheme().toLowerCase(Locale.ROOT);
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    return other.equals(scheme)
        && (address.getPort() < 0 ? usualPort(other) : address.getPort()) == port
        && hosts.matcher(address.getHost().toLowerCase(Locale.ROOT)).matches()
        && !CLIMBING.matcher(path).find()
        && paths.matcher(path).matches();
  }

  /** Whether its host is named as it is, and may be a private one. */
  public boolean namesHost() {
    return host.indexOf('*') < 0;
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  private static Pattern globbed(String glob) {
    return Pattern.compile("(?s)" + Pattern.quote(glob).replace("*", "\\E.*\\Q"));
  }

  @Override
  public String toString() {
    return text;
  }
}
