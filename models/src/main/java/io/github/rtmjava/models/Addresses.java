package io.github.rtmjava.models;

import java.net.URI;

/** Addresses as they may be shown and stored. */
final class Addresses {
  private Addresses() {}

  /** Without user, query and fragment: signed addresses carry keys there. */
  static String withoutSecrets(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }

  /** The last part of the path: letters, digits, dots, dashes and underscores only. */
  static String fileName(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    String visible = name.replaceFirst("^[.]+", "");
    String bounded = visible.length() > 120 ? visible.substring(visible.length() - 120) : visible;
    return bounded.isEmpty() ? "model" : bounded;
  }
}
