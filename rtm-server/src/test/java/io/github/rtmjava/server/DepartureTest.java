package io.github.rtmjava.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.config.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not wait for their answers, and connections with more than one request. */
final class DepartureTest {
  private static final Path SCENE = Path.of("../samples/scene_05.png");
  private static final int CLIENTS = 3;
  private static final int PICTURES = 40;

  private static PoseServer server(boolean secure) throws IOException {
    ServerLimits limits = ServerLimits.DEFAULT.with("patience", "1h").with("upload-time", "1h");
    ServerOptions options = ServerOptions.DEFAULT.at("127.0.0.1", 0).withLimits(limits);
    return PoseServer.start(secure ? options.withTls(new Tls.SelfSigned(List.of())) : options);
  }

  private static Socket connect(URI address) throws IOException {
    if (address.getScheme().equals("http")) {
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

  private static byte[] request(boolean last) throws IOException {
    return request(last, "image/png", Files.readAllBytes(SCENE));
  }

  private static byte[] request(boolean last, String type, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        String.join(
            "\r\n",
            "POST /v1/poses?keypoint_names=false HTTP/1.1",
            "Host: localhost",
            "Connection: " + (last ? "close" : "keep-alive"),
            "Content-Type: " + type,
            "Content-Length: " + body.length,
            "",
            "");
    request.writeBytes(head.getBytes(US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static String text(Socket socket, String path) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
    out.flush();
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private static double count(PoseServer server, String name) throws IOException {
    try (Socket socket = connect(server.address())) {
      return text(socket, "/metrics")
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoGoesAwayIsNotComputed(boolean secure) throws Exception {
    try (PoseServer server = server(secure)) {
      Multipart parts = new Multipart();
      for (int i = 0; i < PICTURES; i++) {
        parts.file("scene.png", Files.readAllBytes(SCENE));
      }
      byte[] request = request(/* last= */ true, Multipart.TYPE, parts.bytes());
      List<Socket> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          Socket client = connect(server.address());
          clients.add(client);
          client.getOutputStream().write(request);
          client.getOutputStream().flush();
        }
        // More than those that only wait for their bodies.
        while (count(server, "rtm_queue_pictures ") <= CLIENTS) {
          Thread.onSpinWait();
        }
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }
      while (count(server, "rtm_queue_pictures ") > 0) {
        Thread.sleep(5);
      }
      assertTrue(count(server, "rtm_gone_total") > 0);
      assertTrue(count(server, "rtm_pictures_total") < CLIENTS * PICTURES);
      assertEquals(0, count(server, "rtm_queue_bytes "));
    }
  }

  /** What comes after a request is read while that one is computed, and lost to nobody. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestsThatFollowAtOnceAreAnswered(boolean secure) throws Exception {
    try (PoseServer server = server(secure);
        Socket client = connect(server.address())) {
      OutputStream out = client.getOutputStream();
      Thread writer =
          new Thread(
              () -> {
                try {
                  out.write(request(/* last= */ false));
                  out.write(request(/* last= */ false));
                  out.flush();
                  Thread.sleep(20);
                  out.write(request(/* last= */ true));
                  out.flush();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      InputStream in = client.getInputStream();
      String all = new String(in.readAllBytes(), US_ASCII);
      writer.join();
      assertEquals(3, all.split("HTTP/1.1 200", -1).length - 1, all);
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
