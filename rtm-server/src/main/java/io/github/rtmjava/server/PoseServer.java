package io.github.rtmjava.server;

import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.config.Tls;
import io.github.rtmjava.server.tls.ServerKeys;
import io.github.rtmjava.server.web.WatchedConnector;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PoseService} that listens.
 *
 * <pre>{@code
 * try (PoseServer server = PoseServer.start(ServerOptions.DEFAULT)) {
 *   System.out.println(server.address());
 *   Thread.currentThread().join();
 * }
 * }</pre>
 */
public final class PoseServer implements AutoCloseable {
  /** For everything but watchers of cameras, each of whom keeps one. */
  private static final int MOST_THREADS = 256;

  private static final int MOST_WATCHERS = 10_000;
  private static final int HEADERS = 16 << 10;
  private static final long LAST_BYTES_MILLIS = 5_000;
  private static final long IDLE_MILLIS = 60_000;

  private final PoseService service;
  private final Javalin app;
  private final URI address;

  private PoseServer(PoseService service, Javalin app, URI address) {
    this.service = service;
    this.app = app;
    this.address = address;
  }

  /**
   * Starts a server, which answers that it is not ready while its models are loaded, and returns
   * when it is ready.
   *
   * @throws IOException if it cannot listen there, or a model cannot be opened
   * @throws IllegalArgumentException if others could use it unasked, see {@link
   *     ServerOptions#requireSafe}
   */
  public static PoseServer start(ServerOptions options) throws IOException {
    options.requireSafe();
    SslContextFactory.@Nullable Server keys =
        options.tls() instanceof Tls.None
            ? null
            : ServerKeys.factory(options.tls(), options.host());
    ServerSocketChannel socket = bind(options);
    PoseService service = null;
    Loading loading = null;
    Javalin app = null;
    try {
      PoseService made = new PoseService(options);
      service = made;
      loading = Loading.of(made);
      app = Javalin.create(config -> configure(config, options, keys, made, socket));
      app.start();
      loading.await();
      return new PoseServer(made, app, address(options, app.port(), keys != null));
    } catch (IOException | RuntimeException | Error e) {
      if (app != null) {
        app.stop();
      }
      if (loading != null) {
        loading.stop();
      }
      Closer.closeAll(service, socket);
      throw e;
    }
  }

  /** Before anything else, so that a place that is taken is told of at once. */
  private static ServerSocketChannel bind(ServerOptions options) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return socket.bind(new InetSocketAddress(options.host(), options.port()));
    } catch (IOException | UnresolvedAddressException e) {
      socket.close();
      throw new IOException(
          "expected to listen on %s port %s, found that it is taken or not this machine's; choose"
                  .formatted(options.host(), options.port())
              + " another with --port or --host",
          e);
    }
  }

  private static void configure(
      JavalinConfig config,
      ServerOptions options,
      SslContextFactory.@Nullable Server keys,
      PoseService service,
      ServerSocketChannel socket) {
    ServerLimits limits = options.limits();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = limits.uploadBytes();
    config.http.asyncTimeout = 0; // deadlines are the service's own
    config.http.prefer405over404 = true;
    QueuedThreadPool threads =
        new QueuedThreadPool(MOST_THREADS + Math.min(limits.watchers(), MOST_WATCHERS), 4);
    threads.setName("rtm http");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> tighten(http, keys != null));
    config.jetty.modifyServer(
        server -> {
          server.addBean(new NetworkConnectionLimit(limits.connections(), server));
          server.setHandler(new GracefulHandler());
        });
    config.jetty.modifyServletContextHandler(
        context -> forgetSessions(context.getSessionHandler()));
    config.jetty.addConnector((server, http) -> connector(server, http, keys, socket));
    service.register(config);
  }

  /** Javalin begins a session for every socket; nobody needs one, and kept they would add up. */
  private static void forgetSessions(SessionHandler sessions) {
    NullSessionCache none = new NullSessionCache(sessions);
    none.setSessionDataStore(new NullSessionDataStore());
    sessions.setSessionCache(none);
    sessions.setUsingCookies(false);
  }

  private static void tighten(HttpConfiguration http, boolean secure) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(HEADERS);
    if (secure) {
      http.addCustomizer(new SecureRequestCustomizer(/* sniHostCheck= */ false));
    }
  }

  private static ServerConnector connector(
      Server server,
      HttpConfiguration http,
      SslContextFactory.@Nullable Server keys,
      ServerSocketChannel socket) {
    List<ConnectionFactory> factories = new ArrayList<>();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (keys != null) {
      factories.add(new SslConnectionFactory(keys, plain.getProtocol()));
    }
    factories.add(plain);
    ServerConnector connector =
        new WatchedConnector(server, factories.toArray(ConnectionFactory[]::new)) {
          @Override
          protected ServerSocketChannel openAcceptChannel() {
            return socket;
          }
        };
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static URI address(ServerOptions options, int port, boolean secure) {
    String host =
        switch (options.host()) {
          case "0.0.0.0", "::" -> "localhost";
          default -> options.host();
        };
    return URI.create("%s://%s:%s/".formatted(secure ? "https" : "http", host, port));
  }

  /** Where it is reached from this machine. */
  public URI address() {
    return address;
  }

  /**
   * Stops taking requests in, finishes those that were accepted, within the limit, and closes.
   *
   * @return whether all of them are answered
   */
  public boolean drain() throws InterruptedException {
    boolean all = service.drain();
    app.jettyServer().server().setStopTimeout(LAST_BYTES_MILLIS);
    close();
    return all;
  }

  /** Ends at once. */
  @Override
  public void close() {
    app.stop();
    service.close();
  }
}
