package io.github.rtmjava.server.jobs;

import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leads each request to the very address that was judged not to be a private one, so that a name
 * cannot lead elsewhere by the time of the connection: over http that address is asked as a proxy
 * is, which every server understands. Over https the server proves that it is the one of the name,
 * before it is asked anything. Where the operator has set a proxy, that one looks names up.
 */
final class JudgedHosts extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final @Nullable ProxySelector set;
  private final Names names;
  private final Predicate<InetAddress> isPrivate;

  /** Looks names up. */
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * Judges hosts.
   *
   * @param set what the operator says of proxies; null for nothing
   * @param isPrivate addresses that may not be asked
   */
  JudgedHosts(@Nullable ProxySelector set, Names names, Predicate<InetAddress> isPrivate) {
    this.set = set;
    this.names = names;
    this.isPrivate = isPrivate;
  }

  /** As this process is told of proxies, for hosts of the internet. */
  static JudgedHosts here() {
    return new JudgedHosts(
        ProxySelector.getDefault(), InetAddress::getAllByName, Redirects::isPrivate);
  }

  /**
   * @throws PrivateHostException if a host has a private address
   */
  @Override
  public List<Proxy> select(URI uri) {
    if (set != null) {
      List<Proxy> proxies = set.select(uri);
      if (proxies.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
        return proxies;
      }
    }
    InetAddress address = judged(uri.getHost());
    if (address == null || "https".equalsIgnoreCase(uri.getScheme())) {
      return List.of(Proxy.NO_PROXY);
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address, port)));
  }

  /** Null for a host that nobody knows. */
  private @Nullable InetAddress judged(String host) {
    InetAddress[] all;
    try {
      all = names.addresses(host);
    } catch (UnknownHostException e) {
      return null;
    }
    for (InetAddress each : all) {
      if (isPrivate.test(each)) {
        throw new PrivateHostException();
      }
    }
    return all[0];
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // Whoever asked hears of it.
  }

  /** A host that may not be asked. */
  static final class PrivateHostException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    PrivateHostException() {
      super("a host of this machine or of a private network, which no pattern names");
    }
  }
}
