package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service makes of a video is what the command makes of it. */
class ServedVideoTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path dir;

  @Test
  void theLinesOfAJobAreThoseOfInfer() throws Exception {
    Path clip = clip();
    PoseConfig fake =
        PoseConfig.of("fake-pose")
            .withDetector("fake-detector")
            .withEngine("fake", EngineOptions.DEFAULT);
    ServerOptions options =
        ServerOptions.DEFAULT.at("127.0.0.1", 0).withModels(Map.of("fake", fake));
    try (PoseServer server = PoseServer.start(options)) {
      compare(
          server,
          clip,
          "save=json,csv&stride=2&det_every=3&frame=z_up&start=0.2&end=1.7",
          "--save=json,csv --stride=2 --det-every=3 --frame=z_up --start=0.2 --end=1.7");
      compare(
          server,
          clip,
          "save=json,csv&single_person=true&smooth=one_euro&angles=true&max_persons=1",
          "--save=json,csv --single-person --smooth=one_euro --angles --max-persons=1");
    }
  }

  private void compare(PoseServer server, Path clip, String query, String flags)
      throws IOException, InterruptedException {
    Path out = Files.createTempDirectory(dir, "out");
    List<String> arguments = new ArrayList<>(List.of(clip.toString(), "-o", out.toString()));
    arguments.addAll(List.of(flags.split(" ", -1)));
    assertEquals(0, Cli.infer(arguments.toArray(String[]::new)).code());

    HttpRequest post =
        HttpRequest.newBuilder(server.address().resolve("/v1/jobs?name=walk.mp4&" + query))
            .POST(BodyPublishers.ofFile(clip))
            .build();
    JsonNode job = JSON.readTree(CLIENT.send(post, BodyHandlers.ofString()).body());
    String at = "/v1/jobs/" + job.get("id").asText();
    assertEquals(Files.readString(out.resolve("walk.jsonl")), get(server, at + "/poses.jsonl"));
    JsonNode state = JSON.readTree(get(server, at));
    while (state.get("state").asText().equals("running")) {
      Thread.sleep(20);
      state = JSON.readTree(get(server, at));
    }
    assertEquals("done", state.get("state").asText(), state::toString);
    assertEquals(
        Files.readString(out.resolve("walk.smooth.jsonl")),
        get(server, at + "/files/poses.smooth.jsonl"));
    assertEquals(Files.readString(out.resolve("walk.csv")), get(server, at + "/files/poses.csv"));
  }

  private static String get(PoseServer server, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path)).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  /** A bright square that moves. */
  private Path clip() throws IOException {
    Path file = dir.resolve("walk.mp4");
    try (VideoWriter writer = VideoWriter.open(file, 64, 64, WriterOptions.of(10))) {
      for (int i = 0; i < 20; i++) {
        byte[] pixels = new byte[64 * 64 * Image.CHANNELS];
        for (int y = 20; y < 40; y++) {
          int from = (y * 64 + 10 + i) * Image.CHANNELS;
          Arrays.fill(pixels, from, from + 20 * Image.CHANNELS, (byte) 220);
        }
        writer.write(Image.ofBgr(64, 64, pixels), i / 10.0);
      }
      writer.finish();
    }
    return file;
  }
}
