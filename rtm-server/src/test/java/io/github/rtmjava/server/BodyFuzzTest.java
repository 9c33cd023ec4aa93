package io.github.rtmjava.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies that nobody would send: damaged pictures, parts, options and requests for inference. The
 * service answers or refuses each, fails at none, and keeps nothing of them. {@code
 * -Drtm.server.fuzz=100000} sends so many of each kind.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class BodyFuzzTest {
  private static final int COUNT = Integer.getInteger("rtm.server.fuzz", 300);
  private static final int CLIENTS = 4;
  private static final int RETRIES = 3;

  /** Without a look of the detector, which takes most of the time. */
  private static final String POSES = "/v1/poses?bbox=1,2,60,40";

  private static final int SPARE_THREADS = 16;
  private static final List<String> WORDS =
      List.of("null", "-1", "1e999", "[]", "{}", "\"\"", "0", "[".repeat(2000), "\u0000", "true");

  private static PoseServer server;
  private static Asking asking;
  private static int threads;

  @BeforeAll
  static void start() throws Exception {
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
    asking = new Asking(server.address());
    assertEquals(200, asking.post("/v1/poses", picture()).status());
    threads = Thread.activeCount();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Whatever came, the service is as it was. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    assertEquals(200, asking.post("/v1/poses", picture()).status());
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (gauge("rtm_queue_pictures") > 0 && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertEquals(0, gauge("rtm_queue_pictures"));
    assertEquals(0, gauge("rtm_queue_bytes"));
    assertTrue(
        Thread.activeCount() <= threads + CLIENTS + SPARE_THREADS,
        () -> Thread.getAllStackTraces().keySet().toString());
  }

  private static double gauge(String name) throws IOException, InterruptedException {
    return asking
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void damagedPictures() throws Exception {
    byte[] picture = picture();
    send(random -> new Body(POSES, damaged(picture, random)));
  }

  @Test
  void damagedParts() throws Exception {
    byte[] parts = new Multipart().file("a.png", picture()).options("{\"angles\":true}").bytes();
    send(random -> new Body(POSES, damaged(parts, random), "Content-Type", Multipart.TYPE));
  }

  @Test
  void damagedOptions() throws Exception {
    byte[] picture = picture();
    byte[] options =
        ("{\"max_persons\":2,\"bbox\":[[1,2,30,40],[4,4,60,40]],\"camera\":[600,600,32,24],\"frame\":\"z_up\","
                + "\"bbox_thr\":0.5,\"angles\":true}")
            .getBytes(UTF_8);
    send(
        random ->
            new Body(
                "/v1/poses",
                new Multipart()
                    .file("a.png", picture)
                    .options(new String(damaged(options, random), UTF_8))
                    .bytes(),
                "Content-Type",
                Multipart.TYPE));
  }

  @Test
  void damagedRequestsForInference() throws Exception {
    ObjectNode request = request();
    ArrayNode data = ((ObjectNode) request.at("/inputs/0")).putArray("data");
    int elements = elements(request);
    for (int i = 0; i < elements; i++) {
      data.add(i % 3);
    }
    byte[] json = request.toString().getBytes(UTF_8);
    send(random -> new Body("/v2/models/default/infer", damaged(json, random)));
  }

  @Test
  void damagedBytesForInference() throws Exception {
    ObjectNode request = request();
    int size = 4 * elements(request);
    ((ObjectNode) request.at("/inputs/0")).putObject("parameters").put("binary_data_size", size);
    request.putObject("parameters").put("binary_data_output", true);
    byte[] head = request.toString().getBytes(UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + size);
    send(
        random ->
            new Body(
                "/v2/models/default/infer",
                random.nextBoolean() ? damaged(body, random, head.length) : damaged(body, random),
                "Inference-Header-Content-Length",
                String.valueOf(random.nextInt(4) == 0 ? random.nextInt() : head.length)));
  }

  private static ObjectNode request() throws IOException, InterruptedException {
    JsonNode input = asking.get("/v2/models/default").json().at("/inputs/0");
    ObjectNode request = Asking.JSON.createObjectNode();
    ObjectNode tensor = request.putArray("inputs").addObject();
    tensor.put("name", input.get("name").asText()).put("datatype", "FP32");
    ArrayNode shape = tensor.putArray("shape");
    input.get("shape").forEach(dim -> shape.add(Math.max(1, dim.asInt())));
    return request;
  }

  private static int elements(ObjectNode request) {
    int elements = 1;
    for (JsonNode dim : request.at("/inputs/0/shape")) {
      elements *= dim.asInt();
    }
    return elements;
  }

  /** A body that is sent. */
  private record Body(String path, byte[] bytes, String... headers) {}

  private static void send(Function<Random, Body> bodies) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        all.add(
            clients.submit(
                () -> {
                  for (int seed = first; seed < COUNT; seed += CLIENTS) {
                    send(bodies.apply(new Random(seed)), seed);
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void send(Body body, int seed) throws Exception {
    Answer answer = answer(body, RETRIES);
    int kind = answer.status() / 100;
    assertTrue(
        kind == 2 || kind == 4,
        () -> "seed %s: %s %s".formatted(seed, answer.status(), answer.text()));
  }

  /**
   * Once more where there is none: of a body that makes no sense the service leaves the rest unread
   * and closes the connection, which the client may just have begun to use again.
   */
  private static Answer answer(Body body, int retries) throws Exception {
    try {
      return asking.post(body.path(), body.bytes(), body.headers());
    } catch (IOException e) {
      if (retries == 0) {
        throw e;
      }
      return answer(body, retries - 1);
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    return damaged(sound, random, sound.length);
  }

  /** With a few places changed, all of them in the first bytes. */
  private static byte[] damaged(byte[] sound, Random random, int within) {
    byte[] bytes = sound;
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, Math.min(within, bytes.length)));
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, at, 1 << random.nextInt(8));
            case 1 -> flipped(bytes, at, 1 + random.nextInt(255));
            case 2 -> spliced(bytes, at, random.nextInt(64), new byte[0]);
            case 3 ->
                spliced(
                    bytes,
                    at,
                    random.nextInt(4),
                    WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8));
            case 4 ->
                spliced(
                    bytes, at, 0, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 40)));
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
          };
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes, int at, int bits) {
    byte[] other = bytes.clone();
    if (at < other.length) {
      other[at] ^= (byte) bits;
    }
    return other;
  }

  private static byte[] spliced(byte[] bytes, int at, int out, byte[] in) {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    int from = Math.min(at, bytes.length);
    other.write(bytes, 0, from);
    other.writeBytes(in);
    int rest = Math.min(bytes.length, from + out);
    other.write(bytes, rest, bytes.length - rest);
    return other.toByteArray();
  }

  private static byte[] picture() throws IOException {
    byte[] pixels = new byte[64 * 48 * Image.CHANNELS];
    new Random(3).nextBytes(pixels);
    return Drawings.png(Image.ofBgr(64, 48, pixels));
  }
}
