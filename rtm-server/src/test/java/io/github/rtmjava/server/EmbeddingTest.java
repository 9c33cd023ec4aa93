package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.server.config.ServerOptions;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** The service in servers of one's own. */
final class EmbeddingTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void aJavalinHasItBesideRoutesOfItsOwn() throws Exception {
    PoseService service = new PoseService(ServerOptions.DEFAULT);
    Javalin app =
        Javalin.create(
            config -> {
              service.register(config);
              config.routes.get("/hello", ctx -> ctx.result("hello"));
            });
    try {
      service.load();
      app.start("127.0.0.1", 0);
      URI address = URI.create("http://127.0.0.1:%s/".formatted(app.port()));
      assertEquals("hello", ask(address.resolve("/hello")).body());
      assertSeesSomebody(address);
      assertGreets(address);
    } finally {
      app.stop();
      service.close();
    }
  }

  @Test
  void aJettyHasItAsAServlet() throws Exception {
    PoseService service = new PoseService(ServerOptions.DEFAULT);
    Javalin app = Javalin.create(service::register);
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    ServletHolder holder = new ServletHolder(app.javalinServlet());
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    JettyWebSocketServletContainerInitializer.configure(context, null);
    jetty.setHandler(context);
    try {
      service.load();
      jetty.start();
      URI address = URI.create("http://127.0.0.1:%s/".formatted(connector.getLocalPort()));
      assertTrue(ask(address).body().contains("rtm-java live"));
      assertSeesSomebody(address);
      assertGreets(address);
    } finally {
      jetty.stop();
      service.close();
    }
  }

  private static void assertSeesSomebody(URI address) throws Exception {
    HttpResponse<String> poses =
        CLIENT.send(
            HttpRequest.newBuilder(address.resolve("/v1/poses"))
                .POST(BodyPublishers.ofFile(Path.of("../samples/scene_05.png")))
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, poses.statusCode(), poses::body);
    assertTrue(poses.body().contains("\"keypoints_3d\""), poses::body);
  }

  private static void assertGreets(URI address) throws Exception {
    try (SocketClient socket = SocketClient.open(address, "")) {
      assertEquals(1, socket.next().get("hello").asInt());
    }
  }

  private static HttpResponse<String> ask(URI address) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
