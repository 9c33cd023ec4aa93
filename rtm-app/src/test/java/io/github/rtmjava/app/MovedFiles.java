package io.github.rtmjava.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server of this machine that sends whoever asks to another one, at another address of it. */
public final class MovedFiles implements AutoCloseable {
  private final HttpServer first;
  private final HttpServer second;

  /**
   * Starts both.
   *
   * @param folder of the files
   * @param other what comes in place of those that are not there
   */
  public MovedFiles(Path folder, Path other) throws IOException {
    second = elsewhere();
    second.createContext(
        "/",
        exchange -> {
          Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
          byte[] content = Files.readAllBytes(Files.isRegularFile(file) ? file : other);
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    second.start();
    first = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    first.createContext(
        "/",
        exchange -> {
          String place = url(second, exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Location", place);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    first.start();
  }

  /** Where a file is said to be. */
  public String address(String name) {
    return url(first, "/" + name);
  }

  /** Not every system has more of IPv4 than 127.0.0.1. */
  private static HttpServer elsewhere() throws IOException {
    IOException last = new IOException();
    for (String host : List.of("127.0.0.2", "::1")) {
      try {
        return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static String url(HttpServer server, String path) {
    String host = server.getAddress().getAddress().getHostAddress();
    return "http://%s:%s%s"
        .formatted(
            host.contains(":") ? "[" + host + "]" : host, server.getAddress().getPort(), path);
  }

  @Override
  public void close() {
    first.stop(0);
    second.stop(0);
  }
}
