package io.github.rtmjava.server;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.config.Tls;
import io.github.rtmjava.server.tls.ServerKeys;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
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
    PoseService service = new PoseService(options);
    Javalin app = null;
    try {
      app = Javalin.create(config -> configure(config, options, keys, service));
      listen(app, options);
      service.load();
      return new PoseServer(service, app, address(options, app.port(), keys != null));
    } catch (IOException | RuntimeException | Error e) {
      if (app != null) {
        app.stop();
      }
      service.close();
      throw e;
    }
  }

  private static void listen(Javalin app, ServerOptions options) throws IOException {
    try {
      app.start();
    } catch (RuntimeException e) {
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
      PoseService service) {
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
    config.jetty.addConnector((server, http) -> connector(server, http, options, keys));
    service.register(config);
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
      ServerOptions options,
      SslContextFactory.@Nullable Server keys) {
    List<ConnectionFactory> factories = new ArrayList<>();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (keys != null) {
      factories.add(new SslConnectionFactory(keys, plain.getProtocol()));
    }
    factories.add(plain);
    ServerConnector connector =
        new ServerConnector(server, factories.toArray(ConnectionFactory[]::new));
    connector.setHost(options.host());
    connector.setPort(options.port());
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
