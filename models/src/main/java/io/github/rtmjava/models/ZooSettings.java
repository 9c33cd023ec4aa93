package io.github.rtmjava.models;

import io.github.rtmjava.web.EnvironmentProxies;
import io.github.rtmjava.web.Redirects;
import io.github.rtmjava.web.WebClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the zoo behaves here. Each setting is a system property or, where that is not set, an
 * environment variable.
 *
 * @param cache folder of the cache: {@code rtm.cache}, {@code RTM_CACHE}
 * @param mirrors looked at when something is looked for in the zoo, and no sooner: who opens a file
 *     of his own need not mind what is wrong with them; base addresses that are tried before the
 *     official ones: {@code rtm.mirror}, {@code RTM_MIRROR}, separated by commas or spaces
 * @param offline nothing is downloaded: {@code rtm.offline}, {@code RTM_OFFLINE}
 * @param transfer timeouts and proxies
 */
record ZooSettings(Path cache, Supplier<List<URI>> mirrors, boolean offline, Transfer transfer) {

  /** Those of this process. */
  static ZooSettings here(Path cache) {
    return new ZooSettings(
        cache,
        () -> mirrors(setting("rtm.mirror", "RTM_MIRROR")),
        isOn(setting("rtm.offline", "RTM_OFFLINE")),
        Transfer.usual(EnvironmentProxies.here()));
  }

  ZooSettings with(Redirects redirects) {
    return new ZooSettings(cache, mirrors, offline, transfer.with(redirects));
  }

  private static String setting(String property, String variable) {
    Function<@Nullable String, String> orEmpty = value -> value == null ? "" : value;
    String own = orEmpty.apply(System.getProperty(property));
    return own.isEmpty() ? orEmpty.apply(System.getenv(variable)) : own;
  }

  static boolean isOn(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "", "0", "false", "no", "off" -> false;
      default -> true;
    };
  }

  static List<URI> mirrors(String value) {
    List<URI> mirrors = new ArrayList<>();
    for (String text : value.split("[,\\s]+", -1)) {
      if (!text.isEmpty()) {
        mirrors.add(mirror(text));
      }
    }
    return mirrors;
  }

  private static URI mirror(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text : text + "/");
      if (uri.getHost() != null && WebClient.isWeb(uri)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "RTM_MIRROR: expected addresses such as https://mirror.example/models, found '%s'"
            .formatted(text));
  }

  /**
   * Where a file is looked for, in order: mirrors under its official path and name, then home.
   *
   * @throws IllegalArgumentException if a mirror is no address
   */
  List<URI> places(List<URI> official) {
    List<URI> places = new ArrayList<>();
    for (URI mirror : mirrors.get()) {
      for (URI url : official) {
        String path = url.getRawPath();
        places.add(mirror.resolve(path.substring(1)));
        places.add(mirror.resolve(path.substring(path.lastIndexOf('/') + 1)));
      }
    }
    places.addAll(official);
    return places.stream().distinct().toList();
  }
}
