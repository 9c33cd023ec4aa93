package io.github.rtmjava.web;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proxies as most programs find them: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY}
 * and {@code NO_PROXY}, in capitals or not. Java's own system properties come first.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final List<String> OF_JAVA =
      List.of("http.proxyHost", "https.proxyHost", "socksProxyHost", "java.net.useSystemProxies");

  private final Map<String, String> environment;
  private final @Nullable ProxySelector ofJava;

  /**
   * As an environment says.
   *
   * @param environment of the process
   * @param ofJava what Java's system properties say; null if they say nothing
   */
  public EnvironmentProxies(Map<String, String> environment, @Nullable ProxySelector ofJava) {
    this.environment = environment;
    this.ofJava = ofJava;
  }

  /** As this process is told. */
  public static EnvironmentProxies here() {
    boolean set = OF_JAVA.stream().anyMatch(name -> System.getProperty(name) != null);
    return new EnvironmentProxies(System.getenv(), set ? ProxySelector.getDefault() : null);
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (ofJava != null) {
      return ofJava.select(uri);
    }
    return proxy(uri)
        .filter(proxy -> !isExcepted(uri))
        .map(
            proxy ->
                new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))))
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The download reports what failed.
  }

  /** Answers proxies that ask for the name and password in their addresses; null if none has. */
  public @Nullable Authenticator authenticator() {
    return Stream.of("http_proxy", "https_proxy", "all_proxy")
            .noneMatch(name -> variable(name).contains("@"))
        ? null
        : new OwnPassword();
  }

  private final class OwnPassword extends Authenticator {
    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      String user =
          getRequestorType() == RequestorType.PROXY
              ? proxy(URI.create(String.valueOf(getRequestingURL())))
                  .map(URI::getUserInfo)
                  .orElse("")
              : "";
      int colon = user.indexOf(':');
      return colon < 0
          ? null
          : new PasswordAuthentication(
              user.substring(0, colon), user.substring(colon + 1).toCharArray());
    }
  }

  /** The proxy for an address as the environment names it. */
  private Optional<URI> proxy(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String value = variable(scheme + "_proxy");
    if (value.isEmpty()) {
      value = variable("all_proxy");
    }
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI proxy = new URI(value.contains("://") ? value : "http://" + value);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        return Optional.of(proxy);
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s_PROXY: expected an address such as http://proxy.example:3128, found another kind"
            .formatted(scheme.toUpperCase(Locale.ROOT)));
  }

  private boolean isExcepted(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    for (String text : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String domain = text.replaceFirst("^\\*?\\.", "");
      if (text.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private String variable(String lower) {
    String value = environment.getOrDefault(lower, "");
    return value.isEmpty() ? environment.getOrDefault(lower.toUpperCase(Locale.ROOT), "") : value;
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? 80 : proxy.getPort();
  }
}
