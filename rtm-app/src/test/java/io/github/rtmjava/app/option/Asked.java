package io.github.rtmjava.app.option;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A request over a bare socket, whose headers can be anything.
 *
 * @param path with its query
 * @param body a file; null for a request without
 * @param headers besides the usual ones, or instead of them
 */
record Asked(String path, @Nullable Path body, Map<String, String> headers) {
  private static final int PATIENCE_MILLIS = 60_000;

  static Asked get(String path) {
    return new Asked(path, null, Map.of());
  }

  static Asked post(String path, Path body) {
    return new Asked(path, body, Map.of());
  }

  Asked with(String header, String value) {
    return new Asked(path, body, Map.of(header, value));
  }

  /** The whole answer, its first line first. */
  String ask(URI address) throws IOException {
    byte[] content = body == null ? new byte[0] : Files.readAllBytes(body);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", address.getAuthority());
    all.put("Connection", "close");
    if (body != null) {
      all.put("Content-Type", "image/png");
      all.put("Content-Length", String.valueOf(content.length));
    }
    all.putAll(headers);
    StringBuilder head = new StringBuilder(body == null ? "GET " : "POST ");
    head.append(path).append(" HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("\r\n");
    try (Socket socket = open(address)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
      out.write(content);
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket open(URI address) throws IOException {
    if (!address.getScheme().equals("https")) {
      return new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context
          .getSocketFactory()
          .createSocket(InetAddress.getLoopbackAddress(), address.getPort());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
