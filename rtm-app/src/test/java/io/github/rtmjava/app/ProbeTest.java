package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.config.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a container asks its service. */
class ProbeTest {
  @Test
  void saysWhetherAServiceIsReady() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    for (int status : List.of(200, 503)) {
      server.createContext(
          "/" + status,
          exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
    }
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertEquals(0, Probe.run(address + "/200"));
      assertEquals(1, Probe.run(address + "/503"));
    } finally {
      server.stop(0);
    }
    assertEquals(1, Probe.run(address + "/200"));
    assertEquals(1, Probe.run("no address"));
  }

  @Test
  void takesTheCertificateOfAServiceOfThisMachine() throws IOException {
    ServerOptions options =
        ServerOptions.DEFAULT.at("127.0.0.1", 0).withTls(new Tls.SelfSigned(List.of()));
    try (PoseServer server = PoseServer.start(options)) {
      assertEquals(0, Probe.run(server.address().resolve("/readyz").toString()));
    }
  }
}
