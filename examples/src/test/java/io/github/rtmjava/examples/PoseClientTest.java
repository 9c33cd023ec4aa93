package io.github.rtmjava.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client asks a service, with a token. */
class PoseClientTest {
  private static final Path SCENE = Path.of("../samples/scene_05.png");
  private static final String TOKEN = "a token of the test";

  @TempDir Path dir;
  private static PoseServer server;
  private static PoseClient client;

  @BeforeAll
  static void start() throws IOException {
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0).withTokens(Set.of(TOKEN)));
    client = new PoseClient(server.address(), TOKEN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPictureGivesPoses() throws Exception {
    assertTrue(client.poses(SCENE).contains("\"persons\""));
    PoseClient stranger = new PoseClient(server.address(), "");
    IOException refused = assertThrows(IOException.class, () -> stranger.poses(SCENE));
    assertTrue(refused.getMessage().contains("401"), refused::toString);
  }

  @Test
  void framesGiveAnAnswerEach() throws Exception {
    List<String> answers = new ArrayList<>();
    client.stream(List.of(SCENE, SCENE), answers::add);
    assertEquals(2, answers.size());
    for (String answer : answers) {
      assertTrue(answer.contains("\"persons\""), answer);
    }
  }

  @Test
  void aVideoGivesLinesAndAFile() throws Exception {
    Path video = dir.resolve("grey.mp4");
    try (VideoWriter writer = VideoWriter.open(video, 64, 64, WriterOptions.of(10))) {
      for (int i = 0; i < 3; i++) {
        writer.write(Image.ofBgr(64, 64, new byte[64 * 64 * Image.CHANNELS]), i / 10.0);
      }
      writer.finish();
    }
    List<String> lines = new ArrayList<>();
    Path file = client.job(video, "csv", dir, lines::add);
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("grey.mp4"), lines::toString);
    assertTrue(Files.readString(file).startsWith("frame"), () -> file.toString());
  }
}
