package io.github.rtmjava.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the clip that the page shows first, and its poses, of a rendered video and a service with
 * the embedded models: {@code DemoMaker VIDEO FOLDER FROM TO}, frames from and to which.
 */
final class DemoMaker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVERY = 2;
  private static final long BIT_RATE = 260_000;

  private DemoMaker() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    int from = Integer.parseInt(args[2]);
    int to = Integer.parseInt(args[3]);
    ObjectNode out = JSON.createObjectNode();
    try (PoseServer server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
        SocketClient client = SocketClient.open(server, "");
        VideoReader video =
            VideoReader.open(new VideoSource.File(Path.of(args[0])), VideoOptions.all())) {
      out.set("hello", client.next());
      ArrayNode frames = JSON.createArrayNode();
      double rate = 25.0 / EVERY;
      Path clip = folder.resolve("clip.mp4");
      Files.deleteIfExists(clip);
      try (VideoWriter writer =
          VideoWriter.open(
              clip,
              video.info().width(),
              video.info().height(),
              WriterOptions.of(rate).withBitRate(BIT_RATE))) {
        Map<String, ArrayNode> before = new HashMap<>();
        int kept = 0;
        int index = 0;
        for (Optional<VideoFrame> read = video.read(); read.isPresent(); read = video.read()) {
          VideoFrame frame = read.get();
          if (index >= from && index < to && (index - from) % EVERY == 0) {
            writer.write(frame.image(), kept++ / rate);
            client.frame(frame.time() * 1000, Images.jpeg(frame.image()));
            frames.add(persons(client.next(), out, before));
          }
          index++;
        }
        writer.finish();
      }
      out.put("rate", rate).set("frames", frames);
    }
    Files.writeString(folder.resolve("poses.json"), out.toString() + "\n");
  }

  private static ArrayNode persons(JsonNode answer, ObjectNode out, Map<String, ArrayNode> before) {
    if (!out.has("view")) {
      ObjectNode view = out.putObject("view");
      view.put("width", answer.get("width").asInt()).put("height", answer.get("height").asInt());
      view.set("camera", answer.get("camera"));
    }
    ArrayNode persons = JSON.createArrayNode();
    for (JsonNode person : answer.get("persons")) {
      ObjectNode small = persons.addObject().put("id", person.get("id").asInt());
      small.set("box", numbers(person.get("bbox"), 1));
      small.put("score", Math.round(100 * person.get("bbox_score").asDouble()));
      small.set("xy", steps(person, "keypoints", 2, before));
      small.set("xyz", steps(person, "keypoints_3d", 1000, before));
      small.set("scores", steps(person, "keypoint_scores", 100, before));
    }
    return persons;
  }

  /** Differences to the same person's last numbers, which are short; the first time to 0. */
  private static ArrayNode steps(
      JsonNode person, String name, double scale, Map<String, ArrayNode> before) {
    ArrayNode now = numbers(person.get(name), scale);
    ArrayNode last = before.put(name + person.get("id").asInt(), now);
    ArrayNode steps = JSON.createArrayNode();
    for (int i = 0; i < now.size(); i++) {
      steps.add(now.get(i).asLong() - (last == null ? 0 : last.get(i).asLong()));
    }
    return steps;
  }

  private static ArrayNode numbers(JsonNode values, double scale) {
    ArrayNode flat = JSON.createArrayNode();
    for (JsonNode value : values) {
      if (value.isArray()) {
        value.forEach(inner -> flat.add(Math.round(scale * inner.asDouble())));
      } else {
        flat.add(Math.round(scale * value.asDouble()));
      }
    }
    return flat;
  }
}
