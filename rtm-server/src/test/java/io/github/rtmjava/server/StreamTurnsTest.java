package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.server.config.ServerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More streams than the machine can follow. */
final class StreamTurnsTest {
  private static final int STREAMS = 80;
  private static final int FRAMES = 4;

  @Test
  void eachHasItsTurnWithItsNewestFrame() throws Exception {
    byte[] frame = Images.jpeg(Images.read(Path.of("../samples/scene_05.png")));
    ServerOptions options =
        ServerOptions.DEFAULT
            .at("127.0.0.1", 0)
            .withLimits(
                ServerOptions.DEFAULT
                    .limits()
                    .with("streams", "" + STREAMS)
                    .with("streams-per-client", "" + STREAMS));
    List<SocketClient> clients = new ArrayList<>();
    try (PoseServer server = PoseServer.start(options)) {
      for (int i = 0; i < STREAMS; i++) {
        clients.add(SocketClient.open(server, ""));
      }
      for (int stamp = 1; stamp <= FRAMES; stamp++) {
        for (SocketClient client : clients) {
          client.frame(40 * stamp, frame);
        }
      }
      for (SocketClient client : clients) {
        JsonNode answer;
        do {
          answer = client.next();
          assertTrue(answer.has("hello") || answer.has("persons"), answer::toString);
        } while (answer.path("stamp").asDouble() < 40 * FRAMES);
      }
    } finally {
      clients.forEach(SocketClient::close);
    }
  }
}
